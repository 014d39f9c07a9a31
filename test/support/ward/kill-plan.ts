import { seededRandom } from '#evaluation';
import type { EventLog } from '#stream';
import { TOPICS } from '#wire';

/** Topics by whose growth it is told how far a run has come. */
const MEASURES = [TOPICS.bedsideEvents, TOPICS.riskScores, TOPICS.stayOutcomes] as const;

/** One of them. */
type Measure = (typeof MEASURES)[number];

/** How many different records of each topic a whole run brings. */
export type RunTotals = Readonly<Record<Measure, number>>;

/** When an app is killed: at this share of the records of a topic. */
export interface Kill {
  readonly app: string;
  readonly topic: Measure;
  readonly share: number;
}

/** Draws a point for each app, anywhere but in the first and last twentieth of the run. */
export function drawKills(seed: number, apps: Readonly<Record<string, Measure>>): Kill[] {
  const random = seededRandom(seed);
  return Object.entries(apps).map(([app, topic]) => ({ app, topic, share: 0.05 + 0.9 * random() }));
}

/** Counts the different records of a log as they come, and calls back whoever waits for a number of them. */
export class RunProgress {
  private readonly seen = new Map<Measure, Set<string>>(MEASURES.map((topic) => [topic, new Set()]));
  private readonly waiting = new Set<() => void>();

  /** Reads on until the log is closed. */
  static async follow(log: EventLog, onFailure: (error: Error) => void): Promise<RunProgress> {
    const progress = new RunProgress();
    await log.subscribe({
      ...{ group: 'kill-points', topics: MEASURES, onFailure },
      handler: {
        onBatch: async ({ topic, records }) => {
          const seen = progress.seen.get(topic as Measure)!;
          for (const { key, headers } of records) seen.add(`${key} ${headers['ce_id'] ?? ''}`);
          for (const look of [...progress.waiting]) look();
        },
      },
    });
    return progress;
  }

  /** Resolves when so many different records of the topic have been seen. */
  reached(topic: Measure, count: number): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (this.seen.get(topic)!.size < count) return;
        this.waiting.delete(look);
        resolve();
      };
      this.waiting.add(look);
      look();
    });
  }
}

/** Counts the different records of a run that is over. */
export async function runTotals(log: EventLog): Promise<RunTotals> {
  const counts = MEASURES.map(async (topic) => {
    const seen = new Set<string>();
    for await (const { key, headers } of log.readToEnd(topic)) seen.add(`${key} ${headers['ce_id'] ?? ''}`);
    return [topic, seen.size] as const;
  });
  return Object.fromEntries(await Promise.all(counts)) as RunTotals;
}
