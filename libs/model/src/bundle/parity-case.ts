import { isSignalId } from '#clinical';
import { join } from 'node:path';
import { z } from 'zod';
import type { WindowScore, WindowToScore } from '../scoring/window-score.js';
import { BundleError } from './bundle-error.js';
import { readChecked } from './release-bundle.js';
import { PARITY_FILE, type ReleaseManifest } from './release-manifest.js';

const risk = z.strictObject({ median: z.number(), low: z.number(), high: z.number() });

/** What parity.json holds. */
export const parityCaseSchema = z.strictObject({
  version: z.literal(1),
  /** Engine that the risk was recorded with, such as `onnx-cpu`. */
  engine: z.string(),
  /** Largest difference of a probability that still counts as the same. */
  tolerance: z.number().gt(0).max(0.1),
  window: z.strictObject({
    /** In the order in which the rows stand. */
    signals: z.array(z.string().refine(isSignalId, 'expected a signal of the catalogue')),
    /** [signal, hour] stored units; null where missing. */
    values: z.array(z.array(z.number().nullable())),
    static: z.strictObject({ ageYears: z.number() }),
    hoursSinceAdmission: z.number(),
    noiseKey: z.string(),
  }),
  expected: risk,
});

/** One made-up window with the risk that the release gave it when it was made: whoever serves it must come to the same. */
export type ParityCase = z.infer<typeof parityCaseSchema>;

/**
 * The parity case of a bundle; undefined when it is of before there were any.
 *
 * @throws BundleError when the file is missing, changed, not understood or about other signals than the manifest
 */
export async function readParityCase(directory: string, manifest: ReleaseManifest): Promise<ParityCase | undefined> {
  const digest = manifest.files[PARITY_FILE];
  if (digest === undefined) return undefined;
  const path = join(directory, PARITY_FILE);
  const bytes = await readChecked(directory, PARITY_FILE, digest);
  let parsed: unknown;
  try {
    parsed = JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new BundleError(`${path} is not JSON: record it again`, { cause });
  }
  const checked = parityCaseSchema.safeParse(parsed);
  if (!checked.success)
    throw new BundleError(`${path} is not a parity case that is understood:\n${z.prettifyError(checked.error)}`);
  const { signals, values } = checked.data.window;
  const hours = manifest.hyper.hours;
  if (signals.join() !== manifest.signals.join() || values.length !== signals.length)
    throw new BundleError(`${path} is about other signals than the manifest: record it again`);
  if (values.some((row) => row.length !== hours))
    throw new BundleError(`${path} has a row that is not ${hours} hours long: record it again`);
  return checked.data;
}

/** The window of a parity case as a scorer takes it. */
export function parityWindow({ window }: Pick<ParityCase, 'window'>): WindowToScore {
  const flat = window.values.flat();
  return {
    values: Float32Array.from(flat, (value) => value ?? 0),
    mask: Float32Array.from(flat, (value) => (value === null ? 0 : 1)),
    static: window.static,
    hoursSinceAdmission: window.hoursSinceAdmission,
    noiseKey: window.noiseKey,
  };
}

/** How far a score of the parity window is from the recorded one: the largest difference of median, low and high. */
export function parityDifference({ expected }: Pick<ParityCase, 'expected'>, { risk: found }: WindowScore): number {
  const differences = (['median', 'low', 'high'] as const).map((name) => Math.abs(found[name] - expected[name]));
  return differences.some(Number.isNaN) ? Infinity : Math.max(...differences);
}
