import type { Entry } from '#reporting';
import type { ReportPart } from './report-part.js';
import type { ValidationData } from './validation-data.js';

/** Whether the replayed scores are those of the recording, to the byte. Undefined where none were recorded. */
export function livePart({ live }: ValidationData): ReportPart | undefined {
  if (live.length === 0) return undefined;
  return {
    heading: 'Replay and live',
    tables: [
      {
        id: 'live',
        title: 'Scores of the recording, computed again',
        columns: [
          { name: 'release' },
          ...['recorded', 'equal', 'different', 'missing'].map((name) => ({ name, digits: 0 })),
        ],
        rows: live.map(({ releaseId, recorded, equal, different, missing }): Entry[] => [
          ...[releaseId, recorded, equal, different, missing],
        ]),
        notes: [
          'Equal: the same id and the same bytes, or with the risk alone the same risk to the last digit. Missing: the recording begins in the middle of a stay, was scored with other hours between scores, or the release is another one of the same name.',
        ],
      },
    ],
    pictures: [],
  };
}
