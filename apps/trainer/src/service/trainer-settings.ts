import { LOG_LEVELS, STORAGE_SETTINGS } from '#service';
import { DEFAULT_PARTITIONS } from '#wire';
import { z } from 'zod';

/** Settings of the trainer's service, read from the environment; its README lists them. */
export const TRAINER_SETTINGS = z.object({
  ...STORAGE_SETTINGS,
  /** Address to listen on. Anything but loopback needs TRAINER_TOKEN. */
  TRAINER_HOST: z.string().min(1).default('127.0.0.1'),
  /** 0 takes a free port. */
  TRAINER_PORT: z.coerce.number().int('a port number').min(0).max(65_535, 'a port number, 0 to 65535').default(3040),
  TRAINER_TOKEN: z.string().min(16, 'at least 16 characters').max(512).optional(),
  TRAINER_WITHOUT_TOKEN: z.stringbool({ error: 'yes or no' }).default(false),
  /** When trainings start by themselves, as a cron expression; never when absent. */
  TRAINER_SCHEDULE: z.string().min(1).optional(),
  /** Time zone of the schedule. */
  TRAINER_TIME_ZONE: z.string().min(1).default('UTC'),
  /** Outcomes that must have come since the last training to start one; never when absent. */
  TRAINER_AFTER_OUTCOMES: z.coerce.number().int().min(1).optional(),
  /** Hours between two trainings that new outcomes start. */
  TRAINER_LEAST_HOURS_BETWEEN: z.coerce.number().min(0).max(8_760).default(24),
  TRAINER_GATE_POLICY: z.string().min(1).default('apps/trainer/policies/gate-1.json'),
  TRAINER_DRIFT_POLICY: z.string().min(1).default('apps/trainer/policies/drift-1.json'),
  /** Further words of the command line `train`. */
  TRAINER_OPTIONS: z.string().default('--pretrain-epochs 2 --epochs 6 --patience 3'),
  /** Trainings whose reports are kept. */
  TRAINER_KEEP: z.coerce.number().int().min(1).max(1_000).default(50),
  /** Where the registry answers; without one candidates stay in the folder of their training. */
  REGISTRY_URL: z.url('expected a URL such as http://127.0.0.1:3030').optional(),
  REGISTRY_TOKEN: z.string().min(1).optional(),
  PARTITIONS: z.coerce.number().int().min(1).max(1_000).default(DEFAULT_PARTITIONS),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
});

/** Values of {@link TRAINER_SETTINGS}. */
export type TrainerSettings = z.infer<typeof TRAINER_SETTINGS>;
