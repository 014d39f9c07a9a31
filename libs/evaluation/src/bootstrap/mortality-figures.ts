import { logOdds, type LogisticLine } from '../calibration/logistic-recalibration.js';
import { fitWeightedLine } from '../calibration/weighted-line.js';
import { countClasses } from '../labelled-scores.js';
import { indexPatients } from './patient-index.js';
import type { CountedFigures } from './resample-figures.js';

/** Risks of a set of windows with what became of the patients. */
export interface ScoredOutcomes {
  readonly patients: readonly (string | number)[];
  /** Probability of in-hospital death of each row. */
  readonly risks: readonly number[];
  /** 1 died, 0 survived. */
  readonly labels: readonly number[];
}

/** Names of the figures of {@link mortalityFigures}, in their order. */
export type MortalityFigure = 'auroc' | 'auprc' | 'brier' | 'calibrationSlope' | 'calibrationIntercept';

const NAMES: readonly MortalityFigure[] = ['auroc', 'auprc', 'brier', 'calibrationSlope', 'calibrationIntercept'];

/** Rows in descending order of risk. */
interface RankedRows {
  /** [rank] number of the row's patient. */
  readonly patients: Int32Array;
  readonly labels: Uint8Array;
  /** [rank] 1 where the next row has a lower risk. */
  readonly endsTie: Uint8Array;
  readonly squaredErrors: Float64Array;
  readonly logOdds: Float64Array;
}

/**
 * Discrimination and calibration of a table under any weighting of its patients. Rows are ranked here, once; a resample is then one pass
 * over them and a few Newton steps from the line of the whole table.
 *
 * @throws RangeError when the lengths differ, a risk is not a number or a label is neither 0 nor 1
 */
export function mortalityFigures({ patients, risks, labels }: ScoredOutcomes): CountedFigures<MortalityFigure> {
  countClasses(risks, labels);
  if (patients.length !== risks.length)
    throw new RangeError(`${patients.length} patients but ${risks.length} risks: give the patient of each row`);
  const index = indexPatients(patients);
  const ranked = rankRows(index.ofRow, risks, labels);
  const weights = new Int32Array(risks.length);
  const start = fitWeightedLine(ranked.logOdds, ranked.labels, weights.fill(1));
  return {
    names: NAMES,
    patients: index.patients,
    of: (counts) => {
      for (let rank = 0; rank < weights.length; rank++) weights[rank] = counts[ranked.patients[rank]!]!;
      return figuresOf(ranked, weights, start);
    },
  };
}

function rankRows(patientOfRow: Int32Array, risks: readonly number[], labels: readonly number[]): RankedRows {
  const order = Uint32Array.from(risks.keys()).sort((a, b) => risks[b]! - risks[a]!);
  return {
    patients: Int32Array.from(order, (row) => patientOfRow[row]!),
    labels: Uint8Array.from(order, (row) => labels[row]!),
    endsTie: Uint8Array.from(order, (row, rank) => (risks[row] === risks[order[rank + 1]!] ? 0 : 1)),
    squaredErrors: Float64Array.from(order, (row) => (risks[row]! - labels[row]!) ** 2),
    logOdds: Float64Array.from(order, (row) => logOdds(risks[row]!)),
  };
}

function figuresOf(ranked: RankedRows, weights: Int32Array, start: LogisticLine): readonly number[] {
  const { labels, endsTie, squaredErrors } = ranked;
  let deaths = 0;
  let rows = 0;
  let squaredError = 0;
  for (let rank = 0; rank < weights.length; rank++) {
    rows += weights[rank]!;
    deaths += weights[rank]! * labels[rank]!;
    squaredError += weights[rank]! * squaredErrors[rank]!;
  }
  let [pairsWon, area, found, foundBefore, flagged, flaggedBefore] = [0, 0, 0, 0, 0, 0];
  for (let rank = 0; rank < weights.length; rank++) {
    flagged += weights[rank]!;
    found += weights[rank]! * labels[rank]!;
    if (endsTie[rank] === 0 || flagged === flaggedBefore) continue;
    const survivorsInTie = flagged - found - (flaggedBefore - foundBefore);
    pairsWon += (survivorsInTie * (found + foundBefore)) / 2;
    area += ((found - foundBefore) / deaths) * (found / flagged);
    foundBefore = found;
    flaggedBefore = flagged;
  }
  const hasBoth = deaths > 0 && deaths < rows;
  const line = hasBoth ? fitWeightedLine(ranked.logOdds, labels, weights, start) : undefined;
  return [
    hasBoth ? pairsWon / (deaths * (rows - deaths)) : Number.NaN,
    deaths > 0 ? area : Number.NaN,
    squaredError / rows,
    line?.slope ?? Number.NaN,
    line?.intercept ?? Number.NaN,
  ];
}
