import { z } from 'zod';
import { alertSchema } from './alert.js';

/** Type attribute of {@link alertCommandSchema} events. Their id is the command's. */
export const ALERT_COMMAND = 'vigil.alert-command.v1';

/** What a person can do to an alert. */
export const ALERT_ACTIONS = ['acknowledge', 'snooze', 'resolve'] as const;

/**
 * What a person asks of an alert. Sent again it changes nothing: a command is known by its id, and one that finds the alert as it asks
 * it to be leaves it so. Key of the record: the stay.
 */
export const alertCommandSchema = z
  .strictObject({
    commandId: z.string().min(1).max(64),
    alertId: alertSchema.shape.alertId,
    stayId: alertSchema.shape.stayId,
    action: z.enum(ALERT_ACTIONS),
    /** End of a snooze, on the clock of `atMs`; required for it. The policy bounds how far ahead it may lie. */
    untilMs: z.int().optional(),
    /** Who; a name or an account of staff, never of a patient. */
    by: z.string().min(1).max(128),
    why: z.string().min(1).max(512).optional(),
    /**
     * When they asked, by the clock of whoever writes the command. The alerter of a replay, whose clock is another, takes it to mean the
     * present of the replay, and a snooze to last as long from there.
     */
    atMs: z.int(),
  })
  .refine(({ action, untilMs }) => (action === 'snooze') === (untilMs !== undefined), {
    path: ['untilMs'],
    message: 'expected the end of the snooze with `snooze`, and with no other action',
  });

export type AlertCommand = z.infer<typeof alertCommandSchema>;
