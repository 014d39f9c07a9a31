import { RegistryError, type RegistryErrorCode } from '#registry';
import type { ProblemAnswer, ServiceLogger } from '#service';

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

/** What the refusals of the registry are answered with over HTTP. Those that are no fault of the caller are logged. */
export function answerOfRegistryError(logger: ServiceLogger): (error: unknown) => ProblemAnswer | undefined {
  return (error) => {
    if (!(error instanceof RegistryError)) return undefined;
    const { code, message } = error;
    if (STATUS[code] >= 500) logger.error('an order failed', { code, error: message });
    return { status: STATUS[code], problem: { code, message } };
  };
}
