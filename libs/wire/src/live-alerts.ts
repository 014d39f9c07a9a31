import { z } from 'zod';
import { ALERT_ACTIONS, alertCommandSchema } from './alert-command.js';
import { alertSchema } from './alert.js';
import { liveTimeSchema } from './live-identifiers.js';

/**
 * How far the gateway's alerts can be relied on. Only `current` with none listed means that nothing alerts:
 *
 * - `unavailable`: there is no log of alerts: no alerter has ever run here;
 * - `catching-up`: what was on the log before the gateway started is being read;
 * - `current`: it is followed.
 */
export const LIVE_ALERTS_STATES = ['unavailable', 'catching-up', 'current'] as const;

/** One of {@link LIVE_ALERTS_STATES}. */
export type LiveAlertsState = (typeof LIVE_ALERTS_STATES)[number];

/** Asks for the alerts of all wards, now and as they change. Answered by a complete `alerts` frame. */
export const liveWatchAlertsSchema = z.strictObject({ type: z.literal('watch-alerts') });

/** Ends it. A frame that is already on its way may still arrive. */
export const liveUnwatchAlertsSchema = z.strictObject({ type: z.literal('unwatch-alerts') });

/**
 * Alerts that fire, are acknowledged or snoozed, and those resolved lately; pending ones are nobody's business yet. A complete frame replaces what the client holds, another one is
 * merged into it: each alert is replaced whole, `removed` ones are dropped, and one with a lower `sequence` than the one held is older and is ignored.
 */
export const liveAlertsSchema = z.strictObject({
  type: z.literal('alerts'),
  complete: z.boolean(),
  clockMs: liveTimeSchema.optional(),
  state: z.enum(LIVE_ALERTS_STATES),
  /** More alerts are open than can be shown. */
  truncated: z.boolean(),
  alerts: z.array(alertSchema),
  removed: z.array(alertSchema.shape.alertId),
});

export type LiveAlerts = z.infer<typeof liveAlertsSchema>;

/** Answer of `GET /api/alerts`. */
export const alertsResponseSchema = z.strictObject({
  disclaimer: z.string(),
  clockMs: liveTimeSchema.optional(),
  state: z.enum(LIVE_ALERTS_STATES),
  truncated: z.boolean(),
  alerts: z.array(alertSchema),
});

export type AlertsResponse = z.infer<typeof alertsResponseSchema>;

/** Body of `POST /api/alerts/:alertId/:action`. */
export const alertOrderSchema = z.strictObject({
  by: alertCommandSchema.shape.by,
  why: alertCommandSchema.shape.why,
  /** Length of a snooze, minutes; required for it. The policy may allow less. */
  forMinutes: z.int().min(1).max(1_440).optional(),
  /** Of the asker: the same request sent again is carried out once. */
  commandId: alertCommandSchema.shape.commandId.optional(),
});

export type AlertOrder = z.infer<typeof alertOrderSchema>;

/** Answer of `POST /api/alerts/:alertId/:action`. */
export const alertOrderResponseSchema = z.strictObject({
  disclaimer: z.string(),
  commandId: z.string(),
  action: z.enum(ALERT_ACTIONS),
  /** `sent`: it is on the log, and the alert changes within a second; `already`: the alert is as asked. */
  outcome: z.enum(['sent', 'already']),
  /** The alert before the change. */
  alert: alertSchema,
});

export type AlertOrderResponse = z.infer<typeof alertOrderResponseSchema>;
