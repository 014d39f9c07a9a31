import { SIGNAL_SETS } from '#clinical';
import { fitStaticScales, NormaliserFit, STATIC_FEATURES, STATISTIC_FEATURES, writeBundle } from '#model';
import { initialWeights, NETWORK_PRESETS } from '#network';
import { join } from 'node:path';
import { temporaryFolder } from './temporary-folder.js';

const SIGNALS = SIGNAL_SETS['paper-11'];

/** A tiny release of random weights in a folder that deletes itself: `await using release = await untrainedRelease()`. */
export async function untrainedRelease(): Promise<{ readonly path: string } & AsyncDisposable> {
  const folder = await temporaryFolder();
  const path = join(folder.path, 'untrained-spec');
  let draw = 0;
  const hyper = {
    ...NETWORK_PRESETS.tiny,
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
      releaseId: 'untrained-spec',
      stage: 'untrained',
      signals: [...SIGNALS],
      normaliser: new NormaliserFit(SIGNALS).scales(),
      staticScales: fitStaticScales([]),
      staticFeatures: [...STATIC_FEATURES],
      statisticFeatures: [...STATISTIC_FEATURES],
      hyper,
      sampler: { steps: 2, samples: 4, spreadScale: 1 },
      calibration: [{ hours: 24, slope: 1, intercept: 0 }],
      scoreFloor: { minCompleteness: 0.1, minHours: 4 },
      licence: 'Apache-2.0',
      notice: 'Research software, not a medical device.',
    },
    weights,
    '# Spec\n',
  );
  return { path, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}
