import { partsByDataset, SPLIT_PARTS } from '#datasets';
import { z } from 'zod';
import type { ValidationWish } from '../validation-wish.js';
import { ValidationError } from '../validation-error.js';

/** Body of `POST /validations`. Data sets, releases and policies are named; where they lie is the server's to know. */
export const validationRequestSchema = z.strictObject({
  dataset: z.string(),
  /** One, or two to hold side by side. */
  releases: z.array(z.string()).min(1).max(2),
  parts: z.array(z.string()).optional(),
  split: z.enum(SPLIT_PARTS).optional(),
  includeSeen: z.boolean().default(false),
  maxStays: z.int().min(1).max(1_000_000).default(1_000_000),
  hours: z.int().min(1).max(2_400).default(120),
  everyHours: z.number().min(0.25).max(24).default(1),
  panels: z.boolean().default(true),
  seed: z.int().min(0).default(7),
  resamples: z.int().min(1).max(10_000).default(1_000),
  hiddenStays: z.int().min(0).max(1_000_000).default(500),
  contributions: z.boolean().default(false),
});

/** See {@link validationRequestSchema}. */
export type ValidationRequest = z.infer<typeof validationRequestSchema>;

/** What requests may name, by name: folders. */
export interface NamedPlaces {
  readonly datasets: Readonly<Record<string, string>>;
  readonly releases: Readonly<Record<string, string>>;
}

/**
 * The wish of a request.
 *
 * @throws ValidationError for a name that the server does not know, DatasetError for a part that there is not
 */
export function wishOfRequest(
  request: ValidationRequest,
  { datasets, releases }: NamedPlaces,
  given: Pick<ValidationWish, 'threads' | 'policies' | 'outFolder'>,
): ValidationWish {
  const { dataset, parts: asked, split, hours, maxStays, includeSeen } = request;
  const path = placeOf('data set', dataset, datasets);
  const parts = partsByDataset([dataset], asked).get(dataset);
  const { everyHours, panels, seed, resamples, hiddenStays, contributions } = request;
  return {
    choices: [
      {
        ...{ name: dataset, path, maxHours: hours, maxStays, includeSeen },
        ...(parts === undefined ? {} : { parts }),
        ...(split === undefined ? {} : { split }),
      },
    ],
    releases: request.releases.map((name) => placeOf('release', name, releases)),
    ...{ everyHours, panels, seed, resamples, hiddenStays, contributions },
    ...given,
    command: `POST /validations ${JSON.stringify(request)}`,
  };
}

function placeOf(kind: string, name: string, places: Readonly<Record<string, string>>): string {
  if (Object.hasOwn(places, name)) return places[name]!;
  throw new ValidationError(
    `There is no ${kind} "${name}" here. Known are ${Object.keys(places).join(', ') || 'none'}.`,
  );
}
