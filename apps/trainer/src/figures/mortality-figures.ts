import { mortalityMetrics, type MortalityMetrics } from '#evaluation';
import { REPORTED_END_HOURS, type WindowStore } from '#training';
import { calibrate, type Calibration } from './calibrate.js';
import type { ScoredWindow } from './score-validation.js';

/** Figures of one data set (or `all`) at one hour. */
export interface MortalityRow {
  readonly dataset: string;
  readonly hour: number;
  /** As the risk network says it. */
  readonly uncalibrated: MortalityMetrics;
  /** Calibrated without the patient's own fold. */
  readonly calibrated: MortalityMetrics;
  /** Of the death rate among the nearest training stays alone. */
  readonly nearest?: MortalityMetrics;
}

/** Calibration of the release and the mortality table. */
export interface MortalityFigures {
  readonly calibration: Calibration['anchors'];
  readonly rows: readonly MortalityRow[];
}

/** Fits the calibration on all scored windows and tabulates the reported hours by data set, 1,000 resamples of patients each. */
export function mortalityFigures(store: WindowStore, scored: readonly ScoredWindow[], seed: number): MortalityFigures {
  const labels = scored.map(({ index }) => store.labels[index]!);
  const outcomes = {
    patients: labels.map(({ datasetId, patientId }) => `${datasetId}|${patientId}`),
    hours: labels.map(({ hoursSinceAdmission }) => hoursSinceAdmission),
    risks: scored.map(({ risk }) => risk),
    labels: labels.map(({ died }) => Number(died)),
  };
  const { anchors, crossFitted } = calibrate(outcomes);
  const neighbours = scored.flatMap(({ nearestRisk }) => nearestRisk ?? []);
  const nearest = neighbours.length === scored.length ? neighbours : undefined;
  const datasets = [...new Set(labels.map(({ datasetId }) => datasetId))];
  const groups = ['all', ...(datasets.length > 1 ? datasets : [])];
  const rows = groups.flatMap((dataset) =>
    REPORTED_END_HOURS.flatMap((hour): MortalityRow[] => {
      const chosen = [...labels.keys()].filter(
        (row) => labels[row]!.hoursSinceAdmission === hour && (dataset === 'all' || labels[row]!.datasetId === dataset),
      );
      if (chosen.length === 0) return [];
      const metrics = (risks: readonly number[]): MortalityMetrics =>
        mortalityMetrics(
          {
            patients: chosen.map((row) => outcomes.patients[row]!),
            risks: chosen.map((row) => risks[row]!),
            labels: chosen.map((row) => outcomes.labels[row]!),
          },
          { seed },
        );
      return [
        {
          ...{ dataset, hour, uncalibrated: metrics(outcomes.risks), calibrated: metrics(crossFitted) },
          ...(nearest === undefined ? {} : { nearest: metrics(nearest) }),
        },
      ];
    }),
  );
  return { calibration: anchors, rows };
}
