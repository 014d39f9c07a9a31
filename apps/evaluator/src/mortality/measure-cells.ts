import { digestOfJson } from '../cells/cell-store.js';
import type { EvaluationData } from '../data/collect-data.js';
import type { Session } from '../session.js';
import { measureMortality, type MortalityRow } from './mortality-row.js';
import type { ScoredWindows } from './scored-windows.js';

/**
 * The figures of scored windows, or of some rows of them, as a cell: its intervals take seconds.
 *
 * @param group what these rows are, for the cell's name
 */
export async function measureCell(
  session: Session,
  { id, store }: EvaluationData,
  scored: ScoredWindows,
  group: string,
  rows: readonly number[] = [...scored.indices.keys()],
): Promise<MortalityRow> {
  const { seed, resamples } = session.options;
  const labels = rows.map((row) => store.labels[scored.indices[row]!]!);
  const outcomes = {
    patients: labels.map(({ patientId }) => patientId),
    risks: rows.map((row) => scored.risks[row]!),
    labels: labels.map(({ died }) => Number(died)),
  };
  const { value } = await session.cells.cell(
    {
      kind: 'measure',
      name: `${scored.method}, ${id}, ${group}`,
      decides: { outcomes: digestOfJson(outcomes), seed, resamples },
    },
    async () => ({ value: await measureMortality(outcomes, seed, resamples) }),
  );
  return value;
}
