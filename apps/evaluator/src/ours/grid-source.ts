import type { OutcomeGrid, WindowGrid } from '#baselines';
import type { SplitPart } from '#datasets';
import type { WindowLabel, WindowSource } from '#training';

/** Windows and, where they are known, outcomes. */
export type Side = WindowGrid & Partial<Pick<OutcomeGrid, 'labels'>>;

/**
 * Windows of a fit as our training reads them, side after side. What an imputer put into gaps is left out; a window without its stay's
 * name counts as of a stay of its own.
 *
 * @param sides one at least, all with the same signals and hours
 */
export function gridSource(...sides: readonly (readonly [SplitPart, Side])[]): WindowSource {
  const { signalIds, hours, staticSize } = sides[0]![1];
  const size = signalIds.length * hours;
  const rows = sides.flatMap(([, side]) => Array.from({ length: side.count }, (_, row) => ({ side, row })));
  const values = new Float32Array(rows.length * size);
  rows.forEach(({ side, row }, at) => values.set(measuredAt(side, row, side.stored, Number.NaN), at * size));
  return {
    store: { signals: signalIds, hours, labels: sides.flatMap(([part, side]) => labelsOf(side, part)), values },
    encode(index) {
      const { side, row } = rows[index]!;
      return {
        values: measuredAt(side, row, side.values, 0),
        mask: side.mask.slice(row * size, (row + 1) * size),
        static: side.static.slice(row * staticSize, (row + 1) * staticSize),
      };
    },
  };
}

function labelsOf({ stays, labels }: Side, part: SplitPart): WindowLabel[] {
  return stays.map(({ stayId, patientId, static: known, hoursSinceAdmission }, row) => ({
    datasetId: part,
    stayId: stayId ?? `window ${row}`,
    patientId: patientId ?? stayId ?? `window ${row}`,
    part,
    hoursSinceAdmission,
    died: labels?.[row] === 1,
    static: known,
  }));
}

/** One window of an array like the grid's values: what was measured, and the same number in every gap. */
function measuredAt({ signalIds, hours, mask }: Side, row: number, values: Float32Array, gap: number): Float32Array {
  const size = signalIds.length * hours;
  const first = row * size;
  return values.slice(first, first + size).map((value, entry) => (mask[first + entry] === 1 ? value : gap));
}
