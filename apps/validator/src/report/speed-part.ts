import type { Entry } from '#reporting';
import type { ReportPart } from './report-part.js';
import type { ValidationData } from './validation-data.js';

/** What the pass cost and where its time went. */
export function speedPart({ releases, machine }: ValidationData): ReportPart {
  const rows = releases.map(({ releaseId, cost }): Entry[] => {
    const { windows, scored, events, wallMs, modelMs, mainMs, cpuMs, hiddenMs, lanes } = cost;
    const seconds = wallMs / 1000;
    return [
      ...[releaseId, windows, scored, events, seconds, windows / seconds, scored / seconds, events / seconds],
      ...[
        lanes,
        (100 * modelMs) / (lanes * wallMs),
        modelMs / Math.max(1, scored),
        (100 * mainMs) / wallMs,
        cpuMs / Math.max(1, scored),
      ],
      hiddenMs / 1000,
    ];
  });
  return {
    heading: 'Speed',
    tables: [
      {
        id: 'speed',
        title: 'Windows per second, and where the time goes',
        columns: [
          { name: 'release' },
          ...['due windows', 'scored', 'events', 'seconds'].map((name) => ({ name, digits: 0 })),
          ...['due windows/s', 'scored windows/s', 'events/s'].map((name) => ({ name, digits: 0 })),
          { name: 'model threads', digits: 0 },
          { name: '% of the time that they were busy', digits: 1 },
          { name: 'ms of a thread per scored window', digits: 2 },
          { name: '% of the time that the main thread was busy', digits: 1 },
          { name: 'processor ms per scored window, all threads', digits: 2 },
          { name: 'seconds for hidden entries, besides', digits: 1 },
        ],
        rows,
        notes: [
          `Model threads impute and assess; the main thread replays, keeps the log, assembles windows and reads the scores back. Added over all passes that made these scores, also those of an earlier, interrupted run. ${machine.cpu}, ${machine.cores} cores, Node ${machine.node}; other work on the machine slows all of it; processor time is touched least by it.`,
        ],
      },
    ],
    pictures: [],
  };
}
