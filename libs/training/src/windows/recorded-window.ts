import type { StayStatic } from '#clinical';
import type { SeverityScore, SplitPart } from '#datasets';

/** Of which stay a window is, and what is known beside its values. */
export interface WindowLabel {
  readonly datasetId: string;
  readonly stayId: string;
  readonly patientId: string;
  /** `test` only where an evaluation asked for it. */
  readonly part: SplitPart;
  /** Part of the data set, such as `set-c`, where parts were asked for. */
  readonly datasetPart?: string;
  /** Hours from admission to the window's end. */
  readonly hoursSinceAdmission: number;
  readonly died: boolean;
  /** Present where the data set does not say how the stay ended; `died` means nothing then. */
  readonly outcomeUnknown?: true;
  readonly static: StayStatic;
  /** Hours from admission to death where the data set says so (to a day), else to the end of the stay or of its recording. */
  readonly endHours?: number;
  /** Scores that came with the data; no method but themselves reads them. */
  readonly severityScores?: Readonly<Partial<Record<SeverityScore, number>>>;
}

/** Windows of many stays, side by side. */
export interface WindowStore {
  readonly signals: readonly string[];
  readonly hours: number;
  readonly labels: readonly WindowLabel[];
  /** [window, signal, hour] stored units; NaN where nothing was measured. */
  readonly values: Float32Array;
}

/** Values and mask of one window, copied out of the store: [signal, hour] each, 0 where missing. */
export function windowAt(store: WindowStore, index: number): { values: Float32Array; mask: Float32Array } {
  const size = store.signals.length * store.hours;
  const values = store.values.slice(index * size, (index + 1) * size);
  const mask = values.map((value) => (Number.isNaN(value) ? 0 : 1));
  return { values: values.map((value) => (Number.isNaN(value) ? 0 : value)), mask };
}

/** Some of a store's windows, copied, in the order given. */
export function pickWindows(store: WindowStore, indices: readonly number[]): WindowStore {
  const size = store.signals.length * store.hours;
  const values = new Float32Array(indices.length * size);
  indices.forEach((index, at) => values.set(store.values.subarray(index * size, (index + 1) * size), at * size));
  return { ...store, labels: indices.map((index) => store.labels[index]!), values };
}
