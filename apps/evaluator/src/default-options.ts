import type { EvaluateOptions } from './command-line.js';
import { HIDING_NAMES } from './imputation/hidings.js';
import { SAMPLERS } from './sampler/sampler-choice.js';

/** Options that a form does not have, and those that nobody names. */
export const DEFAULTS = {
  split: 'unseen',
  methods: [],
  imputers: [],
  hours: [24, 48],
  hidden: [...HIDING_NAMES],
  windows: 'day',
  samplers: SAMPLERS,
  randomEnds: 0,
  pretrainEpochs: 0,
  shown: [0, 50, 100, 200],
  sizes: 'serving',
  networkSize: 'default',
  sampler: { steps: 4, samples: 8 },
  folds: 1,
  batchSize: 64,
  epochs: 30,
  patience: 5,
  signals: 'icu-36',
  engine: 'auto',
} as const satisfies Partial<EvaluateOptions>;
