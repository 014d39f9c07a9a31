import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { EventLogError } from '#stream';
import { LIVE_DISCLAIMER, stayWithdrawnSchema } from '#wire';
import { z } from 'zod';
import { WithdrawalDesk } from '../withdrawals/withdrawal-desk.js';
import { problem } from './problem.js';

const { stayId, reason } = stayWithdrawnSchema.shape;

const request = z.strictObject({
  stayId,
  by: z.string().trim().min(1).max(200),
  why: z.string().trim().min(1).max(500).optional(),
  reason: reason.default('consent'),
});

const EXPECTED = 'expected { "stayId": "…", "by": "…" }, and if you like "why" and "reason" (consent or retention)';

/** `POST /withdrawals`: nothing may be learned from a stay any more. */
@Controller('withdrawals')
export class WithdrawalsController {
  constructor(@Inject(WithdrawalDesk) private readonly desk: WithdrawalDesk) {}

  @Post()
  @HttpCode(202)
  async withdraw(@Body() body: unknown): Promise<object> {
    const asked = request.safeParse(body ?? {});
    if (!asked.success) {
      const { path, message } = asked.error.issues[0]!;
      throw problem(400, 'bad-request', `${path.join('.') || 'the withdrawal'}: ${message}; ${EXPECTED}`);
    }
    try {
      return { disclaimer: LIVE_DISCLAIMER, ...(await this.desk.withdraw(asked.data)) };
    } catch (error) {
      if (!(error instanceof EventLogError)) throw error;
      throw problem(503, 'unavailable', `the log did not take the withdrawal, ask again: ${error.message}`);
    }
  }
}
