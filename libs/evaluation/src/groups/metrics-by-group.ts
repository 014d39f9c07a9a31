import type { BootstrapOptions } from '../bootstrap/bootstrap.js';
import type { ScoredOutcomes } from '../bootstrap/mortality-figures.js';
import { mortalityMetrics, type MortalityMetrics } from '../bootstrap/mortality-metrics.js';

/** Figures of the rows of one group. */
export interface GroupMetrics {
  readonly group: string;
  readonly metrics: MortalityMetrics;
}

/**
 * Discrimination and calibration of each group of rows. A group with one class only has NaN where a figure is not defined; where deaths are
 * few, the interval says so.
 *
 * @param groups [row] group of each row; undefined leaves the row out
 * @param order  of the groups in the result; those that are not named follow in the order of their first row, empty ones are left out
 */
export function metricsByGroup(
  outcomes: ScoredOutcomes,
  groups: readonly (string | undefined)[],
  options: BootstrapOptions,
  order: readonly string[] = [],
): GroupMetrics[] {
  if (groups.length !== outcomes.risks.length)
    throw new RangeError(`${groups.length} groups but ${outcomes.risks.length} risks: give the group of each row`);
  const rowsOfGroup = new Map<string, number[]>(order.map((group) => [group, []]));
  groups.forEach((group, row) => {
    if (group === undefined) return;
    const rows = rowsOfGroup.get(group);
    if (rows === undefined) rowsOfGroup.set(group, [row]);
    else rows.push(row);
  });
  return [...rowsOfGroup]
    .filter(([, rows]) => rows.length > 0)
    .map(([group, rows]) => ({
      group,
      metrics: mortalityMetrics(
        {
          patients: rows.map((row) => outcomes.patients[row]!),
          risks: rows.map((row) => outcomes.risks[row]!),
          labels: rows.map((row) => outcomes.labels[row]!),
        },
        options,
      ),
    }));
}
