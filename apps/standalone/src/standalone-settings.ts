import { LOG_LEVELS, STORAGE_SETTINGS } from '#service';
import { z } from 'zod';

/** Settings of the environment; the command line goes before them. */
export const STANDALONE_SETTINGS = z.object({
  ...STORAGE_SETTINGS,
  /** Folder of the embedded log and history, and of the replay's progress. */
  VIGIL_STATE: z.string().min(1).default('.vigil/state'),
  /** Loopback port of the page and the live connection; 0 takes a free one. */
  PORT: z.coerce
    .number()
    .int('a port number')
    .min(0, 'a port number, 0 to 65535')
    .max(65_535, 'a port number, 0 to 65535')
    .default(3000),
  /** Threads that compute scores. */
  SCORER_THREADS: z.coerce.number().int().min(1).max(64).default(1),
  /** File of the alert policy. @default the shipped one */
  ALERTER_POLICY: z.string().min(1).optional(),
  /** File of the sinks that alerts are delivered to; nowhere when absent, the page shows them all the same. */
  ALERTER_SINKS: z.string().min(1).optional(),
  /** When trainings start by themselves, as a cron expression; never when absent. */
  TRAINER_SCHEDULE: z.string().min(1).optional(),
  /** Outcomes that must have come since the last training to start one; never when absent. */
  TRAINER_AFTER_OUTCOMES: z.coerce.number().int().min(1).optional(),
  /** Further words of the command line `train`. */
  TRAINER_OPTIONS: z.string().default('--pretrain-epochs 2 --epochs 6 --patience 3'),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('warn'),
});

/** Values of {@link STANDALONE_SETTINGS}. */
export type StandaloneSettings = z.infer<typeof STANDALONE_SETTINGS>;
