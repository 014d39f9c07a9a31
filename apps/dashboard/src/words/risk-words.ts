/**
 * A probability as text for people: `0.4 %`, `7.2 %`, `41 %`. One decimal below 10 %, none above; never a bare 0 or 100, which
 * no model can promise.
 */
export function riskPercent(probability: number): string {
  const percent = probability * 100;
  if (percent < 0.1) return '<0.1 %';
  if (percent > 99) return '>99 %';
  return `${percent < 9.95 ? percent.toFixed(1) : Math.round(percent)} %`;
}

/** A 5-95 % interval as text: `3.1-12 %`; one decimal below 10 %. */
export function riskInterval(low: number, high: number): string {
  return `${riskPercent(low).replace(' %', '')}–${riskPercent(high)}`;
}

/**
 * Place of a probability on the risk axis, in [0, 1].
 *
 * The axis is a square root: most stays lie under 20 %, where a difference of a few per cent matters and would not be seen on a
 * straight one; unlike log odds it still has a true zero and a true end.
 */
export function riskPosition(probability: number): number {
  return Math.sqrt(Math.min(1, Math.max(0, probability)));
}

/** Marks of the risk axis, as probabilities. */
export const RISK_MARKS = [0.01, 0.05, 0.1, 0.25, 0.5, 1] as const;

/** Which of the three hues a risk is drawn in. They help the eye along a list; they are no thresholds of a policy. */
export type RiskTone = 'low' | 'mid' | 'high';

/** The hue of a risk: middle from 10 %, high from 30 %. */
export function riskTone(probability: number): RiskTone {
  if (probability >= 0.3) return 'high';
  return probability >= 0.1 ? 'mid' : 'low';
}
