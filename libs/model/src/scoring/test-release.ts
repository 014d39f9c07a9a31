import { SIGNAL_SETS } from '#clinical';
import { initialWeights, NETWORK_PRESETS } from '#network';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeBundle, type ReleaseDescription } from '../bundle/write-bundle.js';
import type { TrainingNeighbours } from '../neighbours/training-neighbours.js';
import { keyedNormals } from '../noise/keyed-normals.js';
import { NormaliserFit } from '../normalisation/fit-normaliser.js';
import { fitStaticScales, STATIC_FEATURES } from '../normalisation/static-encoder.js';
import { STATISTIC_FEATURES } from '../normalisation/statistics-encoder.js';

const SIGNALS = SIGNAL_SETS['paper-11'];

/** A tiny release with random weights, whose denoiser is not silent, as specs need it. */
export const TEST_DESCRIPTION: ReleaseDescription = {
  releaseId: 'spec-paper-11',
  stage: 'untrained',
  signals: [...SIGNALS],
  normaliser: new NormaliserFit(SIGNALS).scales(),
  staticScales: fitStaticScales([]),
  staticFeatures: [...STATIC_FEATURES],
  statisticFeatures: [...STATISTIC_FEATURES],
  hyper: {
    ...NETWORK_PRESETS.tiny,
    signals: SIGNALS.length,
    hours: 24,
    staticSize: STATIC_FEATURES.length,
    statistics: STATISTIC_FEATURES.length,
  },
  sampler: { steps: 3, samples: 4, spreadScale: 1 },
  calibration: [{ hours: 24, slope: 1, intercept: 0 }],
  scoreFloor: { minCompleteness: 0.1, minHours: 4 },
  licence: 'Apache-2.0',
  notice: 'Research software, not a medical device.',
};

/** Writes the release to a temporary folder, with changes and neighbours where asked for. @returns the folder and how to remove it */
export async function writeTestRelease(
  change: Partial<ReleaseDescription> = {},
  neighbours?: TrainingNeighbours,
): Promise<{ directory: string; remove: () => Promise<void> }> {
  const parent = await mkdtemp(join(tmpdir(), 'vigil-release-'));
  const directory = join(parent, TEST_DESCRIPTION.releaseId);
  const draws = keyedNormals('weights of the spec', 100_000);
  let next = 0;
  const uniform = (): number => Math.abs(draws[next++ % draws.length]!) % 1;
  const weights = initialWeights(change.hyper ?? TEST_DESCRIPTION.hyper, uniform);
  // The last projection starts at zero; the samples of a spec shall differ.
  const last = weights['denoiser.out.weight']!;
  last.values = last.values.map(() => uniform() - 0.5);
  await writeBundle(directory, { ...TEST_DESCRIPTION, ...change }, weights, '# Spec\n', neighbours);
  return { directory, remove: () => rm(parent, { recursive: true, force: true }) };
}
