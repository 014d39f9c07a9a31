import { HttpException } from '@nestjs/common';

/** A refusal as every end-point answers it: `{ code, message }`. */
export function problem(status: number, code: string, message: string): HttpException {
  return new HttpException({ code, message }, status);
}
