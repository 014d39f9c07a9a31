import { areaUnderRoc } from '#evaluation';
import { lineChart, reliabilityChart, type Entry } from '#reporting';
import { hourBins, type HourView } from '../figures/hour-bins.js';
import { someRows } from '../figures/judged-rows.js';
import { SCORE_COLUMNS, SCORE_LEGEND, scoreEntries, scoreValues, type JudgedScore } from '../figures/score-figures.js';
import type { JudgedScores } from './judged-scores.js';
import type { ReportPart } from './report-part.js';
import type { ValidationData } from './validation-data.js';

const NOTES: Readonly<Record<HourView, string>> = {
  'since admission': 'Every score of every stay; a stay has several in a row.',
  'before death or the end':
    'Deaths so long before death against survivors so long before the end of their stay. It looks back from what nobody knew then: it explains a score and does not say what a threshold would do. Where the data know a death to a day only, so do these bins; where a recording stops before the stay does, the end is that of the stay as far as the data tell.',
};

/** Discrimination and calibration of all scores, by hours since admission or by the hours that were left. */
export async function hoursPart(data: ValidationData, scores: JudgedScores, view: HourView): Promise<ReportPart> {
  const { seed, resamples } = data;
  const options = { seed, resamples };
  const rows: Entry[][] = [];
  for (const score of scores.all) {
    for (const { name, indices } of hourBins(score.rows, view)) {
      const some = { ...score, rows: someRows(score.rows, indices) };
      rows.push([score.name, name, ...(await scoreEntries(some, options))]);
    }
    if (view === 'since admission') rows.push([score.name, 'all', ...(await scoreEntries(score, options))]);
  }
  return {
    heading: `All scores, by hours ${view}`,
    tables: [
      {
        id: view === 'since admission' ? 'since-admission' : 'before-end',
        title: `Discrimination and calibration by hours ${view}`,
        columns: [{ name: 'score' }, { name: `hours ${view}` }, ...SCORE_COLUMNS],
        rows,
        notes: [SCORE_LEGEND, NOTES[view]],
      },
    ],
    pictures: await pictures(scores, view),
  };
}

async function pictures({ all, releases }: JudgedScores, view: HourView): Promise<string[]> {
  const series = all.map((score) => ({ name: score.name, points: areas(score, view) }));
  const x = { title: `mean hours ${view} in the bin` };
  const reliability = releases.flatMap((score) => {
    const sources = binsWithBoth(score, view).map(({ name, indices }) => {
      const { risks, labels } = someRows(score.rows, indices);
      return { name, risks, labels };
    });
    return sources.length === 0 ? [] : [reliabilityChart(`Calibration by hours ${view}, ${score.name}`, sources)];
  });
  return Promise.all([
    ...(series.some(({ points }) => points.length > 0)
      ? [
          lineChart({
            title: `AUROC by hours ${view}`,
            x,
            y: { title: 'AUROC', domain: [0.4, 1] },
            series,
            marked: true,
          }),
        ]
      : []),
    ...reliability.map(lineChart),
  ]);
}

function binsWithBoth(score: JudgedScore, view: HourView): ReturnType<typeof hourBins> {
  return hourBins(score.rows, view).filter(
    ({ indices }) => new Set(indices.map((row) => score.rows.labels[row])).size === 2,
  );
}

function areas(score: JudgedScore, view: HourView): { x: number; y: number }[] {
  const values = scoreValues(score);
  return binsWithBoth(score, view).map(({ indices }) => {
    const hours = indices.map((row) =>
      view === 'since admission' ? score.rows.hours[row]! : score.rows.endHours[row]! - score.rows.hours[row]!,
    );
    return {
      x: hours.reduce((sum, hour) => sum + hour, 0) / hours.length,
      y: areaUnderRoc(
        indices.map((row) => values[row]!),
        indices.map((row) => score.rows.labels[row]!),
      ),
    };
  });
}
