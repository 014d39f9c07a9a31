import type { SignalId } from '#clinical';

/**
 * Signals whose values span orders of magnitude. Their logarithm is normalised, after adding this amount (stored unit), which keeps a
 * reported zero finite and is near the smallest value that a laboratory tells from zero.
 */
export const LOG_SCALED_SIGNALS: Partial<Record<SignalId, number>> = {
  glucose: 0,
  'urine-output': 10,
  pao2: 0,
  paco2: 0,
  lactate: 0,
  'urea-nitrogen': 0,
  creatinine: 0,
  'white-cells': 0.5,
  platelets: 0,
  bilirubin: 0.1,
  alt: 1,
  ast: 1,
  alp: 1,
  'troponin-i': 0.05,
  'troponin-t': 0.005,
  weight: 0,
};
