import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { ServiceLogger } from '#service';
import type { HttpProblem } from '#wire';
import type { Response } from 'express';

/** Answers every failure as an `HttpProblem`. Surprises are logged and told apart from nothing: the caller learns no details. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: ServiceLogger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    if (response.headersSent) return void response.end();
    const { status, body } = this.answer(error);
    response.status(status).json(body);
  }

  private answer(error: unknown): { status: number; body: unknown } {
    if (error instanceof HttpException) {
      const status = error.getStatus();
      const body = error.getResponse();
      const own = typeof body === 'object' && ('code' in body || 'checks' in body);
      return { status, body: own ? body : problem(status === 404 ? 'not-found' : 'bad-request', error.message) };
    }
    this.logger.error('a request failed', {
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
    return { status: 500, body: problem('internal', 'the gateway failed; its log says why') };
  }
}

function problem(code: HttpProblem['code'], message: string): HttpProblem {
  return { code, message };
}
