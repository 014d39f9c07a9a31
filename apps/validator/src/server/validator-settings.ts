import { availableParallelism } from 'node:os';
import { LOG_LEVELS } from '#service';
import { z } from 'zod';

/** `name=folder`, several separated by commas. */
const places = z
  .string()
  .default('')
  .transform((text) => text.split(',').filter((pair) => pair !== ''))
  .refine((pairs) => pairs.every((pair) => /^[a-z0-9._-]+=.+$/i.test(pair)), 'name=folder, several separated by commas')
  .transform((pairs) =>
    Object.fromEntries(pairs.map((pair) => [pair.split('=', 1)[0]!, pair.slice(pair.indexOf('=') + 1)])),
  );

/** Settings of the validator's own process; the README lists them. */
export const VALIDATOR_SETTINGS = z.object({
  VALIDATOR_HOST: z.string().min(1).default('127.0.0.1'),
  VALIDATOR_PORT: z.coerce.number().int().min(0).max(65_535).default(3060),
  VALIDATOR_TOKEN: z.string().min(16).optional(),
  VALIDATOR_DATASETS: places,
  VALIDATOR_RELEASES: places,
  VALIDATOR_POLICY: z.string().min(1).optional(),
  VALIDATOR_THREADS: z.coerce.number().int().min(1).max(64).default(Math.min(8, availableParallelism())),
  VALIDATOR_FOLDER: z.string().min(1).default('.vigil/validations'),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
});

/** Values of {@link VALIDATOR_SETTINGS}. */
export type ValidatorSettings = z.infer<typeof VALIDATOR_SETTINGS>;
