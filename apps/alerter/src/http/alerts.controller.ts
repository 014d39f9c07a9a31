import {
  BadRequestException,
  Body,
  ConflictException,
  Controller,
  Get,
  HttpCode,
  HttpException,
  Inject,
  NotFoundException,
  Param,
  Post,
  Query,
} from '@nestjs/common';
import type { AlertRecord } from '#alerting';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { ALERT_ACTIONS, ALERT_KINDS, ALERT_STATES, alertCommandSchema, alertSchema, LIVE_DISCLAIMER } from '#wire';
import type { CommandAnswer } from '../pipeline/take-in-record.js';
import { AlertDesk } from './alert-desk.js';

const filterSchema = z.strictObject({
  site: z.string().min(1).optional(),
  ward: z.string().min(1).optional(),
  state: z.enum(ALERT_STATES).exclude(['resolved']).optional(),
  kind: z.enum(ALERT_KINDS).optional(),
});

const bodySchema = z.strictObject({
  by: alertCommandSchema.shape.by,
  why: alertCommandSchema.shape.why,
  /** End of a snooze: epoch milliseconds, or a date and time with its offset. */
  until: z.union([z.int(), z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))]).optional(),
  /** The asker's own id, with which a request can be sent again. */
  commandId: alertCommandSchema.shape.commandId.optional(),
  /** Of an alert that another process watches. */
  stayId: alertCommandSchema.shape.stayId.optional(),
});

/** What a command's end is answered with, where it is not an answer of its own. */
const CONFLICTS: Readonly<Record<string, string>> = {
  'already-resolved': 'the alert is over',
  'not-firing': 'the alert does not fire (yet)',
  'snooze-over': 'the snooze would end before it begins; expected a later end',
};

/** Answer to a command: how it ended, and the alert after it. */
export interface CommandReply {
  readonly commandId: string;
  readonly outcome: string;
  readonly alert?: AlertRecord;
}

/** `GET /alerts` and `POST /alerts/:alertId/:action`. */
@Controller('alerts')
export class AlertsController {
  constructor(@Inject(AlertDesk) private readonly desk: AlertDesk) {}

  @Get()
  list(@Query() query: unknown): { disclaimer: string; alerts: AlertRecord[] } {
    return { disclaimer: LIVE_DISCLAIMER, alerts: this.desk.list(parsed(filterSchema, query)) };
  }

  @Post(':alertId/:action')
  @HttpCode(200)
  async act(
    @Param('alertId') alertId: string,
    @Param('action') action: string,
    @Body() body: unknown,
  ): Promise<CommandReply> {
    if (!alertSchema.shape.alertId.safeParse(alertId).success || !ALERT_ACTIONS.some((known) => known === action)) {
      throw new NotFoundException(`no such path; expected /alerts/<alertId>/${ALERT_ACTIONS.join('|')}`);
    }
    const { by, why, until, commandId = randomUUID(), stayId } = parsed(bodySchema, body ?? {});
    const known = this.desk.find(alertId)?.stayId ?? stayId;
    if (known === undefined) {
      throw new NotFoundException('no open alert of this id here; name its stayId if another process watches it');
    }
    const command = parsed(alertCommandSchema, {
      ...{ commandId, alertId, stayId: known, action, by, atMs: this.desk.nowOf(known) },
      ...(why === undefined ? {} : { why }),
      ...(until === undefined ? {} : { untilMs: until }),
    });
    return reply(commandId, await this.desk.order(command));
  }
}

function reply(commandId: string, answer: CommandAnswer | undefined): CommandReply {
  if (!answer) throw new HttpException({ commandId, outcome: 'on-its-way' }, 202);
  const { outcome, alert } = answer;
  if (outcome === 'alert-unknown') throw new NotFoundException('the stay has no alert of this id');
  const conflict = CONFLICTS[outcome];
  if (conflict !== undefined) throw new ConflictException({ commandId, outcome, message: conflict });
  return { commandId, outcome, ...(alert ? { alert } : {}) };
}

function parsed<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0]!;
  throw new BadRequestException(`${path.join('.') || 'request'}: ${message}`);
}
