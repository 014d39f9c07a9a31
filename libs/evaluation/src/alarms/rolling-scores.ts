/** Scores of stays that were scored again and again, a row each, in any order. */
export interface RollingScores {
  /** [row] the stay; any value that identifies one within the table. */
  readonly stays: readonly (string | number)[];
  /** [row] patient of the stay, over which intervals are drawn. @default the stay */
  readonly patients?: readonly (string | number)[];
  /** [row] time of the score, in hours since any fixed time of the stay. */
  readonly hours: readonly number[];
  /** [row] */
  readonly risks: readonly number[];
  /** [row] 1 where the stay ended in death, 0 where not. */
  readonly labels: readonly number[];
  /** [row] time of death, or of the stay's end, on the same clock as `hours`; no score may come after it. */
  readonly endHours: readonly number[];
  /** Usual time between two scores, in hours: a stay is watched from its first score until so long after its last. */
  readonly everyHours: number;
}

/** One stay's scores, oldest first. */
export interface StayScores {
  readonly stay: string | number;
  readonly patient: string | number;
  readonly died: boolean;
  readonly endHours: number;
  readonly watchedHours: number;
  readonly hours: readonly number[];
  readonly risks: readonly number[];
}

/**
 * Parts rolling scores by stay.
 *
 * @throws RangeError for columns of different lengths, a number that is not finite, a label that is neither 0 nor 1, a stay with two outcomes
 *   or ends, or a score after its stay's end
 */
export function groupByStay(scores: RollingScores): StayScores[] {
  checkColumns(scores);
  const rowsOfStay = new Map<string | number, number[]>();
  scores.stays.forEach((stay, row) => {
    checkRow(scores, row);
    const rows = rowsOfStay.get(stay);
    if (rows === undefined) rowsOfStay.set(stay, [row]);
    else rows.push(row);
  });
  return [...rowsOfStay].map(([stay, rows]) => stayOf(scores, stay, rows));
}

function stayOf(scores: RollingScores, stay: string | number, rows: readonly number[]): StayScores {
  const { labels, endHours, everyHours } = scores;
  const ordered = rows.toSorted((a, b) => scores.hours[a]! - scores.hours[b]!);
  const first = ordered[0]!;
  const differing = ordered.find((row) => labels[row] !== labels[first] || endHours[row] !== endHours[first]);
  if (differing !== undefined)
    throw new RangeError(
      `stay ${stay} has another outcome or end in row ${differing} than in row ${first}: expected one`,
    );
  const hours = ordered.map((row) => scores.hours[row]!);
  return {
    stay,
    patient: scores.patients?.[first] ?? stay,
    died: labels[first] === 1,
    endHours: endHours[first]!,
    watchedHours: hours.at(-1)! - hours[0]! + everyHours,
    hours,
    risks: ordered.map((row) => scores.risks[row]!),
  };
}

function checkColumns({ stays, patients, hours, risks, labels, endHours, everyHours }: RollingScores): void {
  const columns = { patients: patients ?? stays, hours, risks, labels, endHours };
  for (const [name, column] of Object.entries(columns))
    if (column.length !== stays.length)
      throw new RangeError(
        `column ${name} has ${column.length} rows, expected ${stays.length}: one for each stay given`,
      );
  if (!(everyHours > 0)) throw new RangeError(`scores every ${everyHours} hours: expected more than 0`);
}

function checkRow({ hours, risks, labels, endHours }: RollingScores, row: number): void {
  const [at, risk, label, end] = [hours[row]!, risks[row]!, labels[row]!, endHours[row]!];
  if (![at, risk, end].every(Number.isFinite))
    throw new RangeError(`row ${row}: hour ${at}, risk ${risk}, end ${end}: expected finite numbers`);
  if (label !== 0 && label !== 1) throw new RangeError(`label ${label} in row ${row}: expected 0 or 1`);
  if (at > end) throw new RangeError(`row ${row}: score at hour ${at} after the end of its stay at ${end}`);
}
