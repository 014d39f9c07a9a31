import type { BootstrapOptions } from '../bootstrap/bootstrap.js';
import type { ScoredOutcomes } from '../bootstrap/mortality-figures.js';
import { metricsByGroup, type GroupMetrics } from './metrics-by-group.js';
import { numberBins } from './number-bins.js';

/** Edges of the bins by hours since admission. */
export const HOURS_SINCE_ADMISSION_EDGES: readonly number[] = [6, 12, 24, 48, 72];

/** Edges of the bins by hours before death or the end of the stay. */
export const HOURS_BEFORE_END_EDGES: readonly number[] = [6, 12, 24, 48, 72];

/**
 * Figures by the hours since admission at which a risk was given.
 *
 * @param hours [row] of the window's end since admission
 */
export function metricsByHoursSinceAdmission(
  outcomes: ScoredOutcomes,
  hours: readonly number[],
  options: BootstrapOptions,
  edges: readonly number[] = HOURS_SINCE_ADMISSION_EDGES,
): GroupMetrics[] {
  return metricsByHours(outcomes, hours, options, edges);
}

/**
 * Figures by the hours that were left when a risk was given: in each bin, deaths so long before death against survivors so long before the
 * end of their stay. It looks back from what nobody knew then, so it explains a score and does not say what a threshold would do.
 *
 * @param hours [row] from the window's end to death or the end of the stay
 */
export function metricsByHoursBeforeEnd(
  outcomes: ScoredOutcomes,
  hours: readonly number[],
  options: BootstrapOptions,
  edges: readonly number[] = HOURS_BEFORE_END_EDGES,
): GroupMetrics[] {
  return metricsByHours(outcomes, hours, options, edges);
}

function metricsByHours(
  outcomes: ScoredOutcomes,
  hours: readonly number[],
  options: BootstrapOptions,
  edges: readonly number[],
): GroupMetrics[] {
  const bins = numberBins(edges, 'h');
  return metricsByGroup(outcomes, hours.map(bins.nameOf), options, bins.names);
}
