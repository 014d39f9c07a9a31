import type { OutcomeGrid } from '#baselines';
import { STATIC_FEATURES } from '#model';
import { WindowEncoder, type FittedScales, type WindowStore } from '#training';

/** Windows of a store as the methods read them. @param indices rows of the grid, in this order */
export function gridOf(store: WindowStore, indices: readonly number[], scales: FittedScales): OutcomeGrid {
  const encoder = new WindowEncoder(store, scales);
  const size = store.signals.length * store.hours;
  const grid = {
    values: new Float32Array(indices.length * size),
    mask: new Float32Array(indices.length * size),
    static: new Float32Array(indices.length * STATIC_FEATURES.length),
    stored: new Float32Array(indices.length * size),
  };
  indices.forEach((index, row) => {
    const encoded = encoder.encode(index);
    grid.values.set(encoded.values, row * size);
    grid.mask.set(encoded.mask, row * size);
    grid.static.set(encoded.static, row * STATIC_FEATURES.length);
    grid.stored.set(store.values.subarray(index * size, (index + 1) * size), row * size);
  });
  return {
    ...grid,
    count: indices.length,
    signalIds: store.signals,
    hours: store.hours,
    staticSize: STATIC_FEATURES.length,
    stays: indices.map((index) => {
      const { stayId, patientId, static: known, hoursSinceAdmission, severityScores } = store.labels[index]!;
      return {
        stayId,
        patientId,
        static: known,
        hoursSinceAdmission,
        ...(severityScores === undefined ? {} : { severityScores }),
      };
    }),
    labels: Float32Array.from(indices, (index) => Number(store.labels[index]!.died)),
  };
}

/** The grid as it looks when some measured entries are hidden. @param hidden [window, signal, hour]; 1 where hidden */
export function withHidden(grid: OutcomeGrid, hidden: Float32Array): OutcomeGrid {
  const isHidden = (entry: number): boolean => hidden[entry] === 1;
  return {
    ...grid,
    values: grid.values.map((value, entry) => (isHidden(entry) ? 0 : value)),
    mask: grid.mask.map((measured, entry) => (isHidden(entry) ? 0 : measured)),
    stored: grid.stored.map((value, entry) => (isHidden(entry) ? Number.NaN : value)),
  };
}

/** The grid with its gaps filled; the mask still says what was measured. @param values [window, signal, hour] normalised */
export function withImputed(grid: OutcomeGrid, values: Float32Array): OutcomeGrid {
  return { ...grid, values };
}
