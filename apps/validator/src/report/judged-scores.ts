import { judgedRows } from '../figures/judged-rows.js';
import type { JudgedScore } from '../figures/score-figures.js';
import type { ValidationData } from './validation-data.js';

/** The releases' risks, and NEWS2 on the rows of the first release. */
export interface JudgedScores {
  readonly releases: readonly JudgedScore[];
  readonly news2: JudgedScore;
  /** All of them, NEWS2 last. */
  readonly all: readonly JudgedScore[];
}

/** What is judged in every table of the report. */
export function judgedScores({ facts, releases }: ValidationData): JudgedScores {
  const judged = releases.map(({ releaseId, scores }): JudgedScore => {
    return { name: releaseId, rows: judgedRows(facts, scores), kind: 'risk' };
  });
  const news2: JudgedScore = { name: 'NEWS2', rows: judged[0]!.rows, kind: 'news2' };
  return { releases: judged, news2, all: [...judged, news2] };
}
