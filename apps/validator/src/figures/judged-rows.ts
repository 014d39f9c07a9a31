import { HOUR_MS } from '#clinical';
import type { StayScores } from '../scoring/stay-scores.js';
import type { StayFacts } from '../stays/stay-facts.js';

/** Scores of stays whose outcome is known, as columns: one row a score that was given, by stay and due time. */
export interface JudgedRows {
  readonly stays: readonly string[];
  readonly patients: readonly string[];
  /** 1 died, 0 survived. */
  readonly labels: readonly number[];
  /** Since admission, at the due time. */
  readonly hours: readonly number[];
  /** From admission to death or the end of the stay. */
  readonly endHours: readonly number[];
  readonly risks: readonly number[];
  readonly news2: readonly number[];
}

/** Rows of the stays that are given; refused scores and stays without an outcome have none. */
export function judgedRows(facts: ReadonlyMap<string, StayFacts>, scores: readonly StayScores[]): JudgedRows {
  const rows = scores.flatMap((stay) => {
    const known = facts.get(stay.stayId);
    if (known?.died === undefined) return [];
    const last = stay.rows.at(-1)?.sinceAdmissionMs ?? 0;
    // A value may be true a little after the recording's end; no score comes after the end of its stay.
    const endHours = Math.max(known.endHours, last / HOUR_MS);
    return stay.rows.flatMap(({ risk, news2, sinceAdmissionMs }) =>
      risk === undefined ? [] : [{ known, endHours, risk: risk.median, news2, hours: sinceAdmissionMs / HOUR_MS }],
    );
  });
  return {
    stays: rows.map(({ known }) => known.stayId),
    patients: rows.map(({ known }) => known.patientId),
    labels: rows.map(({ known }) => Number(known.died)),
    hours: rows.map(({ hours }) => hours),
    endHours: rows.map(({ endHours }) => endHours),
    risks: rows.map(({ risk }) => risk),
    news2: rows.map(({ news2 }) => news2),
  };
}

/** Some of the rows, by index. */
export function someRows(all: JudgedRows, indices: readonly number[]): JudgedRows {
  const pick = <Value>(column: readonly Value[]): Value[] => indices.map((index) => column[index]!);
  return {
    stays: pick(all.stays),
    patients: pick(all.patients),
    labels: pick(all.labels),
    hours: pick(all.hours),
    endHours: pick(all.endHours),
    risks: pick(all.risks),
    news2: pick(all.news2),
  };
}
