import { escapeHtml, type Entry } from '#reporting';
import { rankStays, type RankedStay } from '../figures/rank-stays.js';
import type { StayFacts } from '../stays/stay-facts.js';
import { coursePicture } from './course-picture.js';
import type { JudgedScores } from './judged-scores.js';
import type { ReportPart, ReportTable } from './report-part.js';
import type { ValidatedRelease, ValidationData } from './validation-data.js';

const MOST = 10;

/** The ten best and the ten worst stays of each release, with a picture of their course: what a person should look at. */
export async function staysPart(data: ValidationData, scores: JudgedScores): Promise<ReportPart> {
  const parts = await Promise.all(
    data.releases.map((release, at) => partOfRelease(release, data, rankStays(scores.releases[at]!.rows, MOST))),
  );
  return {
    heading: 'Stays to look at',
    tables: parts.flatMap(({ tables }) => tables),
    pictures: [],
    html: parts.map(({ html }) => html).join('\n'),
  };
}

async function partOfRelease(
  release: ValidatedRelease,
  { facts }: ValidationData,
  ranked: ReturnType<typeof rankStays>,
): Promise<{ tables: ReportTable[]; html: string }> {
  const lists = [
    ['worst', ranked.worst],
    ['best', ranked.best],
  ] as const;
  const scoresOf = new Map(release.scores.map((stay) => [stay.stayId, stay]));
  const html = [
    '<p class="note">Blue: the risk with its 5-95 % interval. Dashed: NEWS2 as a share of its 20 points.</p>',
  ];
  for (const [name, stays] of lists) {
    html.push(`<h3>The ${stays.length} ${name} of ${escapeHtml(release.releaseId)}</h3>`, '<div class="cards">');
    for (const stay of stays) {
      const picture = await coursePicture(scoresOf.get(stay.stayId)!);
      html.push(`<div class="card"><p>${escapeHtml(sentence(stay, facts.get(stay.stayId)!))}</p>${picture}</div>`);
    }
    html.push('</div>');
  }
  const id = (name: string): string => `${name}-${release.releaseId}`;
  return {
    tables: lists.map(([name, stays]) => listTable(id(name), `${name}, ${release.releaseId}`, stays)),
    html: html.join('\n'),
  };
}

function sentence({ stayId, died, logLoss }: RankedStay, { recordedHours, endHours }: StayFacts): string {
  const when = endHours > recordedHours ? `at about ${endHours.toFixed(0)} h` : "at the recording's end or later";
  const ended = died ? `died ${when}` : 'survived';
  return `${stayId}: ${ended}; ${recordedHours.toFixed(0)} h recorded; mean log loss ${logLoss.toFixed(2)}`;
}

function listTable(id: string, title: string, stays: readonly RankedStay[]): ReportTable {
  return {
    id,
    title,
    columns: [{ name: 'stay' }, { name: 'outcome' }, { name: 'mean log loss' }, { name: 'scores', digits: 0 }],
    rows: stays.map(({ stayId, died, logLoss, scores }): Entry[] => [
      stayId,
      died ? 'died' : 'survived',
      logLoss,
      scores,
    ]),
    notes: [
      'By mean log loss of the risk over the scores of the stay, half of the list deaths as far as there are so many. Pseudonyms as in the data set.',
    ],
  };
}
