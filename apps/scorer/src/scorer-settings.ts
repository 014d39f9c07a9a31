import { ENGINE_NAMES } from '#engine';
import { LOG_LEVELS, STORAGE_SETTINGS } from '#service';
import { z } from 'zod';
import { DEFAULT_PARTITIONS } from '#wire';
import { OVERLOAD_RULES } from './pipeline/score-queue.js';

/** Settings of the scorer's own process, read from the environment; README, "Settings", lists them. */
export const SCORER_SETTINGS = z.object({
  ...STORAGE_SETTINGS,
  SCORER_HOST: z.string().min(1).default('127.0.0.1'),
  SCORER_PORT: z.coerce.number().int().min(0).max(65_535).default(3020),
  SCORER_GROUP: z.string().min(1).default('vigil-scorer'),
  SCORER_THREADS: z.coerce.number().int().min(1).max(64).default(1),
  SCORER_OVERLOAD: z.enum(OVERLOAD_RULES).default('supersede'),
  /** Folder of a bundle that is served for good; nothing is followed then. */
  SCORER_RELEASE: z.string().min(1).optional(),
  /** Folder of the local cache of bundles. @default release-cache in VIGIL_STATE */
  SCORER_CACHE: z.string().min(1).optional(),
  /** Where the registry is; its token is sent there and nowhere else. */
  REGISTRY_URL: z.url({ protocol: /^https?$/, error: 'an http or https URL' }).optional(),
  REGISTRY_TOKEN: z.string().min(16, 'at least 16 characters').max(512).optional(),
  ENGINE: z.enum(['auto', ...ENGINE_NAMES]).default('auto'),
  SCORE_EVERY_MINUTES: z.coerce.number().min(1).max(1_440).default(5),
  FLUSH_EVERY_SECONDS: z.coerce.number().min(1).max(3_600).default(60),
  MAX_STAYS: z.coerce.number().int().min(1).max(1_000_000).default(10_000),
  PARTITIONS: z.coerce.number().int().min(1).max(1_000).default(DEFAULT_PARTITIONS),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
});

/** Values of {@link SCORER_SETTINGS}. */
export type ScorerSettings = z.infer<typeof SCORER_SETTINGS>;
