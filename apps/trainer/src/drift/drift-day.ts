import { z } from 'zod';
import type { ReferenceHistogram, TrainingReference } from '#model';
import type { RiskScore } from '#wire';

const count = z.int().min(0);

/** What was counted on one day of the log's clock. Counts only: nobody's value is kept. */
export const driftDaySchema = z.strictObject({
  /** Days since 1970, UTC. */
  day: z.int(),
  scores: count,
  /** Of each signal of the release: windows without it, and last values by the reference's bins. */
  signals: z.record(z.string(), z.strictObject({ missing: count, bins: z.array(count) })),
  /** Risks by the reference's bins. */
  risk: z.array(count),
  outcomes: count,
  deaths: count,
  /** Sum of the risks of the stays whose outcome came, and of risk x (1 - risk). */
  expected: z.number(),
  variance: z.number(),
});

/** Counts of one day. */
export type DriftDay = z.infer<typeof driftDaySchema>;

/** A day on which nothing was counted yet. */
export function emptyDay(day: number, reference: TrainingReference): DriftDay {
  return {
    day,
    ...{ scores: 0, outcomes: 0, deaths: 0, expected: 0, variance: 0 },
    signals: Object.fromEntries(
      Object.entries(reference.signals).map(([signal, { edges }]) => [
        signal,
        { missing: 0, bins: new Array<number>(edges.length + 1).fill(0) },
      ]),
    ),
    risk: new Array<number>(reference.risk.edges.length + 1).fill(0),
  };
}

/** Counts a score of the release on its day. */
export function countScore(day: DriftDay, reference: TrainingReference, score: RiskScore): void {
  const latest = new Map(score.latest.map(({ signal, value }) => [signal, value]));
  day.scores += 1;
  for (const [signal, histogram] of Object.entries(reference.signals)) {
    const counted = day.signals[signal]!;
    const value = latest.get(signal);
    if (value === undefined) counted.missing += 1;
    else counted.bins[binOf(value, histogram)]! += 1;
  }
  if (score.risk !== undefined) day.risk[binOf(score.risk.median, reference.risk)]! += 1;
}

/** Counts the outcome of a stay that was scored. @param risk its last sampled risk */
export function countOutcome(day: DriftDay, risk: number, died: boolean): void {
  day.outcomes += 1;
  day.deaths += Number(died);
  day.expected += risk;
  day.variance += risk * (1 - risk);
}

/** The counts of several days together. */
export function sumDays(days: readonly DriftDay[], reference: TrainingReference): DriftDay {
  const sum = emptyDay(days.at(-1)?.day ?? 0, reference);
  const add = (to: number[], from: readonly number[]): void => from.forEach((counted, at) => (to[at]! += counted));
  for (const day of days) {
    for (const name of ['scores', 'outcomes', 'deaths', 'expected', 'variance'] as const) sum[name] += day[name];
    add(sum.risk, day.risk);
    for (const [signal, { missing, bins }] of Object.entries(day.signals)) {
      sum.signals[signal]!.missing += missing;
      add(sum.signals[signal]!.bins, bins);
    }
  }
  return sum;
}

function binOf(value: number, { edges }: ReferenceHistogram): number {
  let bin = 0;
  while (bin < edges.length && edges[bin]! < value) bin++;
  return bin;
}
