import { Body, Controller, Delete, Get, Header, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { LIVE_DISCLAIMER } from '#wire';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { TrainingDesk, TrainingRefused } from '../trainings/training-desk.js';
import { trainingFiles } from '../trainings/training-files.js';
import { TrainingJournal } from '../trainings/training-journal.js';
import { TrainingTriggers } from '../trainings/training-triggers.js';
import type { Training } from '../trainings/training.js';
import { problem } from './problem.js';

const STATUS: Readonly<Record<TrainingRefused['code'], number>> = { busy: 409, ended: 409, unknown: 404 };

const request = z.strictObject({
  by: z.string().trim().min(1).max(200),
  why: z.string().trim().min(1).max(500),
  start: z.enum(['champion', 'scratch']).optional(),
  evenIfFew: z.boolean().optional(),
});

/** The report may use its own styles and nothing else. */
const REPORT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** `/trainings`: what was trained, what runs, and orders to start and to stop. */
@Controller('trainings')
export class TrainingsController {
  constructor(
    @Inject(TrainingDesk) private readonly desk: TrainingDesk,
    @Inject(TrainingJournal) private readonly journal: TrainingJournal,
    @Inject(TrainingTriggers) private readonly triggers: TrainingTriggers,
  ) {}

  /** Newest first. */
  @Get()
  list(): object {
    const running = this.journal.running()?.id;
    const nextAtMs = this.triggers.dueAtMs;
    return {
      disclaimer: LIVE_DISCLAIMER,
      ...(running === undefined ? {} : { running }),
      ...(nextAtMs === undefined ? {} : { nextAtMs }),
      trainings: this.journal.all().toReversed().map(shown),
    };
  }

  @Get(':id')
  one(@Param('id') id: string): object {
    return shown(this.#training(id));
  }

  @Post()
  @HttpCode(202)
  async start(@Body() body: unknown): Promise<object> {
    const asked = request.safeParse(body ?? {});
    if (!asked.success) throw problem(400, 'bad-request', z.prettifyError(asked.error));
    const { by, why, start = 'champion', evenIfFew = false } = asked.data;
    return shown(await refusable(() => this.desk.start({ trigger: 'request', by, why, start, evenIfFew })));
  }

  @Delete(':id')
  async cancel(@Param('id') id: string): Promise<object> {
    return shown(await refusable(() => this.desk.cancel(id)));
  }

  @Get(':id/report')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', REPORT_POLICY)
  async report(@Param('id') id: string): Promise<string> {
    const { report } = trainingFiles(this.journal.folderOf(this.#training(id).id));
    const page = await readFile(report, 'utf8').catch(() => undefined);
    if (page === undefined) throw problem(404, 'not-found', `training ${id} has no report: nothing was decided in it`);
    return page;
  }

  #training(id: string): Training {
    const training = this.journal.get(id);
    if (training === undefined) throw problem(404, 'not-found', 'there is no such training');
    return training;
  }
}

/** A training without the folders of this machine. */
function shown({ plan, ...training }: Training): object {
  if (plan === undefined) return training;
  const { championDirectory, ...rest } = plan;
  return championDirectory === '' ? training : { ...training, plan: rest };
}

async function refusable<Answer>(order: () => Promise<Answer>): Promise<Answer> {
  try {
    return await order();
  } catch (error) {
    if (!(error instanceof TrainingRefused)) throw error;
    throw problem(STATUS[error.code], error.code, error.message);
  }
}
