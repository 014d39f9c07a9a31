import { MINUTE_MS, signalDefinition, type SignalId } from '#clinical';
import { keyedNormal } from './keyed-normal.js';

/** What is drawn into one tube: the values of one specimen come back together. */
type Specimen = 'blood-gas' | 'blood-count' | 'chemistry';

interface DelayDistribution {
  readonly specimen: Specimen;
  readonly medianMinutes: number;
  readonly percentile90Minutes: number;
}

/** Standard normal 90th percentile. */
const NORMAL_90 = 1.2815515655446004;

/** Draws are cut here, so that no delay exceeds seven hours. */
const MAX_DEVIATIONS = 3;

const BLOOD_GAS: DelayDistribution = { specimen: 'blood-gas', medianMinutes: 3, percentile90Minutes: 8 };
const BLOOD_COUNT: DelayDistribution = { specimen: 'blood-count', medianMinutes: 46, percentile90Minutes: 118 };
const SODIUM: DelayDistribution = { specimen: 'chemistry', medianMinutes: 79, percentile90Minutes: 159 };
const POTASSIUM: DelayDistribution = { specimen: 'chemistry', medianMinutes: 79, percentile90Minutes: 158 };
const GLUCOSE: DelayDistribution = { specimen: 'chemistry', medianMinutes: 77, percentile90Minutes: 143 };

/** Laboratory signals that do not have sodium's delay. */
const DISTRIBUTIONS: Partial<Record<SignalId, DelayDistribution>> = {
  pao2: BLOOD_GAS,
  paco2: BLOOD_GAS,
  'arterial-ph': BLOOD_GAS,
  sao2: BLOOD_GAS,
  haemoglobin: BLOOD_COUNT,
  haematocrit: BLOOD_COUNT,
  'white-cells': BLOOD_COUNT,
  platelets: BLOOD_COUNT,
  potassium: POTASSIUM,
  glucose: GLUCOSE,
};

/**
 * Simulated time between the drawing of a laboratory value and the moment its result can be seen, for data sets that do not record it.
 *
 * Log-normal by the medians and 90th percentiles of collection-to-storage times in the MIMIC-IV demo (haemoglobin 46 and 118
 * minutes, sodium 79 and 159, potassium 79 and 158, glucose 77 and 143, blood gas 3 and 8; other laboratory values as sodium, the rest
 * of a blood count as haemoglobin). The quantile is a hash of (seed, stay, specimen, effective time): no sequence, so order of reading and
 * what was skipped change nothing, and the values of one tube come back together. Vital signs have no delay.
 */
export class ResultDelay {
  readonly #seed: number;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Delay in milliseconds, whole seconds. */
  delayMs(stayId: string, signal: SignalId, effectiveAtMs: number): number {
    if (signalDefinition(signal).kind === 'vital') return 0;
    const { specimen, medianMinutes, percentile90Minutes } = DISTRIBUTIONS[signal] ?? SODIUM;
    const normal = keyedNormal(`${this.#seed}|${stayId}|${specimen}|${effectiveAtMs}`);
    const deviations = Math.min(MAX_DEVIATIONS, Math.max(-MAX_DEVIATIONS, normal));
    const spread = Math.log(percentile90Minutes / medianMinutes) / NORMAL_90;
    const delayMs = medianMinutes * MINUTE_MS * Math.exp(spread * deviations);
    return Math.round(delayMs / 1000) * 1000;
  }
}
