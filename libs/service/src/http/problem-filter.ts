import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import type { ServiceLogger } from '../service-logger.js';

/** What a refusal says: a code of the app's closed set, and a sentence for the person who asked. */
export interface Problem {
  readonly code: string;
  readonly message: string;
}

/** A refusal with its HTTP status. */
export interface ProblemAnswer {
  readonly status: number;
  readonly problem: Problem;
}

/** What {@link ProblemFilter} is made with. */
export interface ProblemFilterOptions {
  readonly logger: ServiceLogger;
  /** Says to the caller that something unexpected happened, and nothing more. Status 500. */
  readonly surprise: Problem;
  /** The app's codes for what Nest and Express refuse by themselves, by status; others are `bad-request`. @default {} */
  readonly codes?: Readonly<Record<number, string>>;
  /** Answers the app's own errors; undefined for every other one. @default there are none */
  readonly answerOf?: (error: unknown) => ProblemAnswer | undefined;
}

/**
 * Answers every failure of a request as `{ code, message }`. An exception whose body has a code already, or the checks of health, is
 * answered as it is. Surprises are logged; the caller learns no details.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly options: ProblemFilterOptions) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    if (response.headersSent) return void response.end();
    const { status, body } = this.answer(error);
    response.status(status).json(body);
  }

  private answer(error: unknown): { status: number; body: unknown } {
    const { answerOf, logger, surprise } = this.options;
    const own = answerOf?.(error);
    if (own !== undefined) return { status: own.status, body: own.problem };
    if (error instanceof HttpException) return this.answerOfException(error);
    logger.error('a request failed', {
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
    return { status: 500, body: surprise };
  }

  private answerOfException(error: HttpException): { status: number; body: unknown } {
    const status = error.getStatus();
    const body = error.getResponse();
    if (typeof body === 'object' && ('code' in body || 'checks' in body)) return { status, body };
    const code = this.options.codes?.[status] ?? 'bad-request';
    return { status, body: { code, message: error.message } satisfies Problem };
  }
}
