import type { TensorRuntime } from '#engine';
import { seededRandom } from '#evaluation';
import { STATIC_FEATURES, STATISTIC_FEATURES } from '#model';
import type { HyperParameters } from '#network';
import { join } from 'node:path';
import { fitScales, WindowEncoder } from '../batches/window-encoder.js';
import type { WindowLabel, WindowStore } from '../windows/recorded-window.js';
import { DEFAULT_SETTINGS } from './training-settings.js';
import type { TrainingTask } from './training-task.js';

const HOURS = 24;
const SIGNALS = ['heart-rate', 'lactate'] as const;
/** How many there are. */
export const MADE_UP_STAYS = 20;

/** Made-up stays, two windows each; those who die have a high lactate. */
export function madeUpStore(): WindowStore {
  const random = seededRandom(4);
  const labels = Array.from({ length: 2 * MADE_UP_STAYS }, (_, index): WindowLabel => {
    const stay = Math.floor(index / 2);
    return {
      datasetId: 'made-up',
      stayId: `s${stay}`,
      patientId: `p${stay}`,
      part: stay % 4 === 3 ? 'validation' : 'train',
      hoursSinceAdmission: index % 2 === 0 ? 12 : 24,
      died: stay % 3 === 0,
      static: { ageYears: 50 + stay },
    };
  });
  const values = labels.flatMap(({ died }) =>
    Array.from({ length: SIGNALS.length * HOURS }, (_, entry) => {
      if (random() < 0.5) return Number.NaN;
      return entry < HOURS ? 70 + 20 * random() : (died ? 5 : 1) + random();
    }),
  );
  return { signals: SIGNALS, hours: HOURS, labels, values: Float32Array.from(values) };
}

/** Networks as small as they get. */
export const MADE_UP_HYPER: HyperParameters = {
  signals: SIGNALS.length,
  hours: HOURS,
  staticSize: STATIC_FEATURES.length,
  statistics: STATISTIC_FEATURES.length,
  imputer: { channels: 2, heads: 1, feedForward: 2, hourLayers: 1, signalLayers: 1, refineLayers: 1 },
  denoiser: { channels: 2, heads: 1, feedForward: 2, layers: 1, stepEmbedding: 4 },
  risk: { members: 1, lstmUnits: 3, statisticUnits: 3, embedding: 3, dropout: 0.2 },
};

/** A task of an epoch of the imputer alone and two of both networks, two batches each; `stopAfter` asks for a stop after so many steps. The checkpoint lies in the folder. */
export function madeUpTask(
  runtime: TensorRuntime,
  folder: string,
  change: Partial<TrainingTask> = {},
  stopAfter = Infinity,
): TrainingTask {
  const store = madeUpStore();
  const abort = new AbortController();
  let steps = 0;
  return {
    runtime,
    encoder: new WindowEncoder(store, fitScales(store)),
    settings: { ...DEFAULT_SETTINGS, pretrainEpochs: 1, epochs: 2, batchSize: 7, hyper: MADE_UP_HYPER },
    validationWindows: new Map([
      [24, [...store.labels.keys()].filter((index) => index % 2 === 1 && store.labels[index]!.part === 'validation')],
    ]),
    identity: 'a',
    checkpointPath: join(folder, 'checkpoint'),
    resume: false,
    observer: {
      resumed: () => undefined,
      step: () => {
        if (++steps >= stopAfter) abort.abort();
      },
      epochEnded: () => undefined,
    },
    nowMs: () => 1000,
    signal: abort.signal,
    ...change,
  };
}

/** Two risk networks, the second learned alone for two epochs. */
export const TWO_MEMBERS: Partial<TrainingTask> = {
  settings: {
    ...DEFAULT_SETTINGS,
    ...{ pretrainEpochs: 1, epochs: 2, batchSize: 7, riskEpochs: 2, riskBatchSize: 7 },
    hyper: { ...MADE_UP_HYPER, risk: { ...MADE_UP_HYPER.risk, members: 2 } },
  },
};
