import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import type { ModelResponse } from '#wire';
import type { Response } from 'express';
import { ModelBoard } from '../model/model-board.js';
import { ProblemException } from './problem.js';

/** Reports that are fetched at one time; more are told to come again. */
const MAX_REPORTS = 4;
const TRAINING_ID = /^[0-9]{8}-[0-9]{6}(-[0-9]{1,4})?$/;

/** A report has styles of its own and is otherwise inert: no script, no request, no form, no origin, no frame. */
const REPORT_POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  'sandbox',
].join('; ');

/** `GET /api/model` and `GET /api/trainings/:id/report`: what registry and trainer say, by way of the only origin that the page knows. */
@Controller('api')
export class ModelController {
  private reports = 0;

  constructor(@Inject(ModelBoard) private readonly board: ModelBoard) {}

  @Get('model')
  model(): Promise<ModelResponse> {
    return this.board.model();
  }

  @Get('trainings/:id/report')
  async report(@Param('id') id: string, @Res() response: Response): Promise<void> {
    if (!TRAINING_ID.test(id))
      throw new ProblemException('bad-request', 'the id of a training looks like 20260131-235959');
    if (this.reports >= MAX_REPORTS)
      throw new ProblemException('too-busy', `${MAX_REPORTS} reports are being fetched; ask again`);
    this.reports += 1;
    try {
      const page = await this.page(id);
      response.setHeader('Content-Security-Policy', REPORT_POLICY);
      // a page without an origin cannot be isolated by one: browsers refuse the two together
      response.removeHeader('Cross-Origin-Opener-Policy');
      response.type('html').send(page);
    } finally {
      this.reports -= 1;
    }
  }

  private async page(id: string): Promise<Buffer> {
    const answer = await this.board.report(id);
    if (answer === undefined)
      throw new ProblemException('not-found', 'no trainer is configured here: set GATEWAY_TRAINER_URL');
    if (!answer.ok) throw new ProblemException('trainer-unavailable', `the trainer ${answer.why}`);
    if (answer.status === 404)
      throw new ProblemException(
        'not-found',
        'there is no report: the training is not known, or nothing was decided in it',
      );
    if (answer.status !== 200)
      throw new ProblemException('trainer-unavailable', `the trainer answered ${answer.status}`);
    return answer.body;
  }
}
