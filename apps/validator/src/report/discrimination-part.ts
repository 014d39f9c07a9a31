import { lineChart, precisionRecallChart, reliabilityChart, rocChart, type Entry } from '#reporting';
import { someRows } from '../figures/judged-rows.js';
import { SCORE_COLUMNS, SCORE_LEGEND, scoreEntries, scoreValues, type JudgedScore } from '../figures/score-figures.js';
import { standingAt } from '../figures/standing-at.js';
import type { JudgedScores } from './judged-scores.js';
import type { ReportPart } from './report-part.js';
import type { ValidationData } from './validation-data.js';

/** Hours since admission at which the scores that stand are compared. */
const HOURS = [6, 12, 24, 48, 72] as const;
/** The hour of the pictures, as long as enough stays have a score then. */
const PICTURED_HOUR = 24;

/** One score a stay: the one that stood at an hour since admission. These figures compare with those of other studies. */
export async function discriminationPart(data: ValidationData, { all }: JudgedScores): Promise<ReportPart> {
  const { seed, resamples } = data;
  const rows: Entry[][] = [];
  for (const hour of HOURS) {
    for (const score of all) {
      const standing = standingScore(score, hour, data.everyHours);
      if (standing !== undefined)
        rows.push([`${hour} h`, score.name, ...(await scoreEntries(standing, { seed, resamples }))]);
    }
  }
  return {
    heading: 'One score a stay, at an hour since admission',
    tables: [
      {
        id: 'standing',
        title: 'Discrimination and calibration of the score that stood at an hour',
        columns: [{ name: 'since admission' }, { name: 'score' }, ...SCORE_COLUMNS],
        rows,
        notes: [
          SCORE_LEGEND,
          `The newest score of each stay then, if it was no older than ${oldestHours(data.everyHours)} h.`,
        ],
      },
    ],
    pictures: await pictures(data, all),
  };
}

/** A score nobody has renewed for so long is none. */
function oldestHours(everyHours: number): number {
  return Math.max(3, 2 * everyHours);
}

function standingScore(score: JudgedScore, hour: number, everyHours: number): JudgedScore | undefined {
  const indices = standingAt(score.rows, hour, oldestHours(everyHours));
  return indices.length === 0 ? undefined : { ...score, rows: someRows(score.rows, indices) };
}

async function pictures(data: ValidationData, all: readonly JudgedScore[]): Promise<string[]> {
  const standing = all.flatMap((score) => standingScore(score, PICTURED_HOUR, data.everyHours) ?? []);
  const hasBoth = ({ rows }: JudgedScore): boolean => new Set(rows.labels).size === 2;
  if (standing.length === 0 || !standing.every(hasBoth)) return [];
  const sources = standing.map((score) => ({ name: score.name, risks: scoreValues(score), labels: score.rows.labels }));
  const risks = sources.filter((_, at) => standing[at]!.kind === 'risk');
  const title = `at ${PICTURED_HOUR} h`;
  return Promise.all([
    lineChart(rocChart(`ROC, ${title}`, sources)),
    lineChart(precisionRecallChart(`Precision and recall, ${title}`, sources)),
    lineChart(reliabilityChart(`Calibration, ${title}`, risks)),
  ]);
}
