import { SIGNAL_SETS } from '#clinical';
import {
  fitStaticScales,
  NormaliserFit,
  recordParityCase,
  STATIC_FEATURES,
  STATISTIC_FEATURES,
  writeBundle,
} from '#model';
import { initialWeights, NETWORK_PRESETS } from '#network';
import { join } from 'node:path';
import { temporaryFolder } from './temporary-folder.js';

const SIGNALS = SIGNAL_SETS['paper-11'];

/** What may differ between tiny releases. */
export interface UntrainedOptions {
  /** @default 'untrained-spec' */
  readonly releaseId?: string;
  /** Of the calibration, so that releases give different risks. @default 0 */
  readonly intercept?: number;
  /** Risk networks. @default 1 */
  readonly members?: number;
  /** Records a parity case; costs a fraction of a second. @default false */
  readonly parity?: boolean;
}

/** A tiny release of random weights in a folder that deletes itself: `await using release = await untrainedRelease()`. */
export async function untrainedRelease(
  options: UntrainedOptions = {},
): Promise<{ readonly path: string } & AsyncDisposable> {
  const { releaseId = 'untrained-spec', intercept = 0, members = 1, parity = false } = options;
  const folder = await temporaryFolder();
  const path = join(folder.path, releaseId);
  let draw = 0;
  const hyper = {
    ...NETWORK_PRESETS.tiny,
    risk: { ...NETWORK_PRESETS.tiny.risk, members },
    signals: SIGNALS.length,
    hours: 24,
    staticSize: STATIC_FEATURES.length,
    statistics: STATISTIC_FEATURES.length,
  };
  // The golden ratio's multiples spread evenly over [0, 1).
  const weights = initialWeights(hyper, () => (draw++ * 0.618033988749895) % 1);
  await writeBundle(
    path,
    {
      releaseId,
      stage: 'untrained',
      signals: [...SIGNALS],
      normaliser: new NormaliserFit(SIGNALS).scales(),
      staticScales: fitStaticScales([]),
      staticFeatures: [...STATIC_FEATURES],
      statisticFeatures: [...STATISTIC_FEATURES],
      hyper,
      sampler: { steps: 2, samples: 4, spreadScale: 1 },
      calibration: [{ hours: 24, slope: 1, intercept }],
      scoreFloor: { minCompleteness: 0.1, minHours: 4 },
      licence: 'Apache-2.0',
      notice: 'Research software, not a medical device.',
    },
    weights,
    '# Spec\n',
  );
  if (parity) await recordParityCase(path);
  return { path, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}
