import { gridOf } from '../data/window-grids.js';
import type { ParquetColumn, ParquetRow } from '../predictions/write-parquet.js';
import type { Session } from '../session.js';
import { hideInWindows } from './hidings.js';
import type { ImputationTask, ImputedCell } from './impute-cell.js';

const PREDICTION_COLUMNS: readonly ParquetColumn[] = [
  { name: 'method', type: 'text' },
  { name: 'hidden', type: 'text' },
  { name: 'stay', type: 'text' },
  { name: 'hours', type: 'number' },
  { name: 'signal', type: 'text' },
  { name: 'window_hour', type: 'whole' },
  { name: 'truth', type: 'number' },
  { name: 'imputed', type: 'number' },
  { name: 'low', type: 'number' },
  { name: 'high', type: 'number' },
];

/** Every hidden entry with its true value and what each method says of it, normalised: also the file of the hidden entries. */
export async function writeHiddenEntries(
  session: Session,
  task: ImputationTask,
  cells: readonly ImputedCell[],
  form: 'imputation' | 'sampler' = 'imputation',
): Promise<void> {
  await session.writePredictions(
    `${form}-predictions-${task.data.id}`,
    PREDICTION_COLUMNS,
    entryRows(task, cells, session.options.seed),
  );
}

function* entryRows(
  { store, scales, measured, hidings }: ImputationTask,
  cells: readonly ImputedCell[],
  seed: number,
): Generator<ParquetRow> {
  for (const hiding of hidings) {
    const own = cells.filter((cell) => cell.hiding === hiding);
    let at = 0;
    for (const index of measured) {
      const { stayId, hoursSinceAdmission } = store.labels[index]!;
      const grid = gridOf(store, [index], scales);
      const hidden = hideInWindows(store, [index], grid.mask, hiding, seed);
      for (const [entry, isHidden] of hidden.entries()) {
        if (isHidden !== 1) continue;
        const signal = store.signals[Math.floor(entry / store.hours)]!;
        for (const { method, imputed, low, high } of own)
          yield [
            method,
            hiding,
            stayId,
            hoursSinceAdmission,
            signal,
            entry % store.hours,
            grid.values[entry],
            imputed[at],
            low?.[at],
            high?.[at],
          ];
        at++;
      }
    }
  }
}
