import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { RegistryError, type RegistryErrorCode } from '#registry';
import type { ServiceLogger } from '#service';
import type { Response } from 'express';

const STATUS: Readonly<Record<RegistryErrorCode, number>> = {
  'bad-request': 400,
  'bad-bundle': 400,
  unauthorised: 401,
  'unknown-release': 404,
  'illegal-transition': 409,
  pinned: 409,
  'id-taken': 409,
  gone: 410,
  'too-large': 413,
  'damaged-store': 500,
  'in-use': 500,
  unavailable: 503,
};

/** Answers every refusal as `{ code, message }`. Surprises are logged; the caller learns no details. */
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
    if (error instanceof RegistryError) {
      if (STATUS[error.code] >= 500) this.logger.error('an order failed', { code: error.code, error: error.message });
      return { status: STATUS[error.code], body: { code: error.code, message: error.message } };
    }
    if (error instanceof HttpException) {
      const body = error.getResponse();
      const own = typeof body === 'object' && 'checks' in body;
      return { status: error.getStatus(), body: own ? body : { code: 'bad-request', message: error.message } };
    }
    const status = bodyProblem(error);
    if (status !== undefined) {
      const message = status === 413 ? 'the body is too large' : 'the body is not JSON as its type says';
      return { status, body: { code: status === 413 ? 'too-large' : 'bad-request', message } };
    }
    this.logger.error('a request failed', {
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
    return { status: 500, body: { code: 'unavailable', message: 'the registry failed; its log says why' } };
  }
}

/** Status of an error of Express' JSON reader. */
function bodyProblem(error: unknown): 400 | 413 | undefined {
  const { type, status } = (error ?? {}) as { type?: unknown; status?: unknown };
  if (typeof type !== 'string' || typeof status !== 'number' || status >= 500) return undefined;
  return status === 413 ? 413 : 400;
}
