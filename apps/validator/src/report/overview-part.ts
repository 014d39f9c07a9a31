import type { Entry } from '#reporting';
import type { ReportPart, ReportTable } from './report-part.js';
import type { ValidatedRelease, ValidationData } from './validation-data.js';

/** Which stays were replayed, what each release had seen of them, and what became of the due windows. */
export function overviewPart(data: ValidationData): ReportPart {
  return { heading: 'Stays', tables: [staysTable(data), windowsTable(data)], pictures: [] };
}

function staysTable({ releases, facts, count }: ValidationData): ReportTable {
  const all = [...facts.values()];
  const deaths = all.filter(({ died }) => died === true).length;
  const unknown = all.filter(({ died }) => died === undefined).length;
  return {
    id: 'stays',
    title: 'What was seen in training',
    columns: [
      { name: 'release' },
      { name: 'stage' },
      ...['stays read', 'its weights learned from', 'it was stopped and calibrated by', 'it never saw'].map((name) => ({
        name,
        digits: 0,
      })),
      ...['replayed', 'of these seen', 'deaths', 'outcome unknown'].map((name) => ({ name, digits: 0 })),
    ],
    rows: releases.map(({ releaseId, stage }): Entry[] => {
      const read = count.seen[releaseId]!;
      const chosen = count.seenOfChosen[releaseId]!;
      const seen = chosen.weights + chosen.validation;
      return [
        releaseId,
        stage,
        count.read,
        read.weights,
        read.validation,
        read.unseen,
        all.length,
        seen,
        deaths,
        unknown,
      ];
    }),
    notes: [
      ...(count.originUnknown === true
        ? [
            'A recording does not say where its stays come from: whether a release was trained on any of them is not known, and none was left out.',
          ]
        : []),
      count.leftOutSeen > 0
        ? `${count.leftOutSeen} stays were left out, since a release here had learned from them or was stopped and calibrated by them; --include-seen takes them, too.`
        : 'No stay was left out for having been seen.',
      ...(Object.values(count.seenOfChosen).some(({ weights, validation }) => weights + validation > 0)
        ? ['Stays that were seen in training are among those replayed: the figures flatter.']
        : []),
      'Whether a stay was seen follows from the data set, its part and the hash of the patient, as the manifest claims its training.',
    ],
  };
}

function windowsTable({ releases, everyHours, panels = true }: ValidationData): ReportTable {
  const refused = ({ scores }: ValidatedRelease, why: string): number =>
    scores.reduce((sum, { rows }) => sum + rows.filter(({ refusedBecause }) => refusedBecause === why).length, 0);
  return {
    id: 'windows',
    title: 'What became of the due windows',
    columns: [
      { name: 'release' },
      ...['due', 'scored', 'refused: too early', 'refused: too little data'].map((name) => ({ name, digits: 0 })),
    ],
    rows: releases.map((release): Entry[] => [
      ...[release.releaseId, release.cost.windows, release.cost.scored],
      ...[refused(release, 'too-early'), refused(release, 'too-little-data')],
    ]),
    notes: [
      `A stay is due as when it is watched live: at its first value, after ${everyHours} h of event time, when its window rises above the release's floor, ${panels ? 'and when a laboratory panel is complete' : 'and never because a laboratory panel is complete (--no-panels)'}. Every due window was scored; none was superseded.`,
    ],
  };
}
