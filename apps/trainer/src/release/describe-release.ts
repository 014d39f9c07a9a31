import { SIGNAL_SETS, type SignalSetName } from '#clinical';
import { STATIC_FEATURES, STATISTIC_FEATURES, type ReleaseDescription } from '#model';
import type { HyperParameters } from '#network';
import type { FittedScales } from '#training';

/** Steps and samples that are served: with residuals scaled anew, two steps give the CRPS of fifty within 1 %; the cost grows with their product. */
const SAMPLER = { steps: 2, samples: 19, spreadScale: 1 } as const;
/** No score before the fourth hour (no window ends earlier in training), nor with fewer than about a seventh of the signals measured. */
const SCORE_FLOOR = { minCompleteness: 0.15, minHours: 4 } as const;
const LICENCE =
  'Weights: Apache-2.0, derived from PhysioNet Challenge 2012 (ODC-By 1.0) and the eICU demo (ODbL 1.0); see MODEL_CARD.md';
const NOTICE = 'Research software, not a medical device.';

/** What every bundle says, trained or not; a training adds its own part. */
export function describeRelease(
  releaseId: string,
  signals: SignalSetName,
  hyper: HyperParameters,
  scales: FittedScales,
): ReleaseDescription {
  return {
    releaseId,
    stage: 'untrained',
    signals: [...SIGNAL_SETS[signals]],
    normaliser: { ...scales.signals },
    staticScales: scales.static,
    staticFeatures: [...STATIC_FEATURES],
    statisticFeatures: [...STATISTIC_FEATURES],
    hyper,
    sampler: SAMPLER,
    calibration: [{ hours: 24, slope: 1, intercept: 0 }],
    scoreFloor: SCORE_FLOOR,
    licence: LICENCE,
    notice: NOTICE,
  };
}
