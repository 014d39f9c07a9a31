import type { AdamState } from '#engine';
import { decodeSafetensors, encodeSafetensors, safetensorsMetadata } from '#model';
import type { NetworkWeights } from '#network';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RunningStatistics } from './running-statistics.js';
import type { TrainingCost } from './training-cost.js';
import type { ValidationResult } from './validate.js';

/** All that a training needs to go on as if it had not been interrupted; what is random is drawn anew from seed and step. */
export interface Checkpoint extends TrainingCost {
  /** Digest of settings and data: only the same training may go on. */
  readonly identity: string;
  /** Stage that the state below belongs to, from 0. */
  readonly stage: number;
  /** Counted over all stages. */
  readonly epoch: number;
  /** Batches of this epoch that are done. */
  readonly batch: number;
  readonly adam: AdamState;
  readonly statistics: RunningStatistics;
  /** Validation after each finished epoch of all stages. */
  readonly history: readonly ValidationResult[];
  /** Averaged weights of the best epoch of the stage so far. */
  readonly best?: NetworkWeights;
  /** What earlier stages have learned; absent in the first. */
  readonly learned?: NetworkWeights;
}

type StateText = Pick<
  Checkpoint,
  'identity' | 'stage' | 'epoch' | 'batch' | 'elapsedMs' | 'memoryPeakMb' | 'history'
> & {
  steps: number;
};

/** Writes a checkpoint beside the old one and swaps them: a crash at any moment leaves a whole one. */
export async function writeCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  const { adam, statistics, best, learned, ...state } = checkpoint;
  const text: StateText = { ...state, steps: adam.steps };
  const arrays = {
    ...prefixed('weights', adam.weights),
    ...prefixed('first', adam.firstMoments),
    ...prefixed('second', adam.secondMoments),
    ...prefixed('average', adam.averages ?? adam.weights),
    ...prefixed('best', best ?? {}),
    ...prefixed('learned', learned ?? {}),
    'statistics/mean': { shape: [statistics.mean.length], values: statistics.mean },
    'statistics/variance': { shape: [statistics.variance.length], values: statistics.variance },
  };
  await mkdir(dirname(path), { recursive: true });
  const file = await open(`${path}.partial`, 'w');
  try {
    await file.writeFile(encodeSafetensors(arrays, { state: JSON.stringify(text) }));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.partial`, path);
}

/** Reads a checkpoint; undefined when there is none. */
export async function readCheckpoint(path: string): Promise<Checkpoint | undefined> {
  const file = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (file === undefined) return undefined;
  const arrays = decodeSafetensors(file);
  const { steps, ...state } = JSON.parse(safetensorsMetadata(file)['state'] ?? '{}') as StateText;
  const best = unprefixed('best', arrays);
  const learned = unprefixed('learned', arrays);
  return {
    ...state,
    adam: {
      steps,
      weights: unprefixed('weights', arrays),
      firstMoments: unprefixed('first', arrays),
      secondMoments: unprefixed('second', arrays),
      averages: unprefixed('average', arrays),
    },
    statistics: {
      mean: arrays['statistics/mean']!.values,
      variance: arrays['statistics/variance']!.values,
    },
    ...(Object.keys(best).length > 0 ? { best } : {}),
    ...(Object.keys(learned).length > 0 ? { learned } : {}),
  };
}

function prefixed(prefix: string, weights: NetworkWeights): NetworkWeights {
  return Object.fromEntries(Object.entries(weights).map(([name, array]) => [`${prefix}/${name}`, array]));
}

function unprefixed(prefix: string, arrays: NetworkWeights): NetworkWeights {
  const own = Object.entries(arrays).filter(([name]) => name.startsWith(`${prefix}/`));
  return Object.fromEntries(own.map(([name, array]) => [name.slice(prefix.length + 1), array]));
}
