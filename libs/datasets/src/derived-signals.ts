import type { SignalId } from '#clinical';

/**
 * Signals that a reader may compute from another (source `derived`), and from which.
 *
 * Whoever hides a value to see whether it can be imputed must hide its origin too, or the answer stands beside the question.
 */
export const DERIVED_FROM = { haemoglobin: 'haematocrit', spo2: 'sao2' } as const satisfies Partial<
  Record<SignalId, SignalId>
>;

/** Signals that the reader of a data set computes, with what it computes each from; none of the others do. */
export function computedFrom(datasetId: string): Readonly<Partial<Record<SignalId, SignalId>>> {
  return datasetId === 'challenge-2012' ? DERIVED_FROM : {};
}
