import { LOG_LEVELS, STORAGE_SETTINGS } from '#service';
import { z } from 'zod';
import { DEFAULT_PARTITIONS } from '#wire';
import { CLOCK_RULES } from './pipeline/alert-clock.js';

/** Settings of the alerter's own process, read from the environment; the README lists them. */
export const ALERTER_SETTINGS = z.object({
  ...STORAGE_SETTINGS,
  ALERTER_HOST: z.string().min(1).default('127.0.0.1'),
  ALERTER_PORT: z.coerce.number().int().min(0).max(65_535).default(3050),
  /** When set, only who sends it as a bearer token is answered. Needed beyond loopback. */
  ALERTER_TOKEN: z.string().min(16, 'at least 16 characters').max(512).optional(),
  ALERTER_GROUP: z.string().min(1).default('vigil-alerter'),
  /** Path of the policy file. */
  ALERTER_POLICY: z.string().min(1).optional(),
  /** Path of the file of sinks; without one alerts are delivered to nobody but the dashboards. */
  ALERTER_SINKS: z.string().min(1).optional(),
  /** `wall` for a live ward, `log` for a replay. */
  ALERTER_CLOCK: z.enum(CLOCK_RULES).default('wall'),
  ALERTER_PATIENCE_SECONDS: z.coerce.number().min(1).max(3_600).default(60),
  FLUSH_EVERY_SECONDS: z.coerce.number().min(1).max(3_600).default(60),
  PARTITIONS: z.coerce.number().int().min(1).max(1_000).default(DEFAULT_PARTITIONS),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
});

/** Values of {@link ALERTER_SETTINGS}. */
export type AlerterSettings = z.infer<typeof ALERTER_SETTINGS>;
