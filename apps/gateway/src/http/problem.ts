import { HttpException } from '@nestjs/common';
import type { HttpProblem } from '#wire';

const STATUS: Readonly<Record<HttpProblem['code'], number>> = {
  'bad-request': 400,
  unauthorised: 401,
  'not-found': 404,
  conflict: 409,
  'too-busy': 429,
  internal: 500,
  'history-unavailable': 503,
  'log-unavailable': 503,
  'trainer-unavailable': 503,
};

/** An answer other than 200: what was wrong and what was expected. */
export class ProblemException extends HttpException {
  constructor(code: HttpProblem['code'], message: string) {
    super({ code, message } satisfies HttpProblem, STATUS[code]);
  }
}
