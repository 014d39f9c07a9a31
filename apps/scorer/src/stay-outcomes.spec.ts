import { afterEach, describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#clinical';
import { decodeWindow, windowObservations } from '#windows';
import {
  completedStaySchema,
  decodeData,
  REMOVED_BECAUSE_HEADER,
  riskScoreSchema,
  TOPICS,
  type CompletedStay,
} from '#wire';
import type { OutgoingRecord } from '#stream';
import { ADMITTED_AT_MS, admission, observation } from '../../../test/support/scorer/bedside-records.js';
import {
  cancelledDischarge,
  discharge,
  merge,
  transfer,
  withdrawal,
} from '../../../test/support/scorer/life-records.js';
import { ScorerTrial, taken } from '../../../test/support/scorer/scorer-trial.js';

const trials: ScorerTrial[] = [];
function trial(partitions?: number): ScorerTrial {
  trials.push(new ScorerTrial(partitions));
  return trials.at(-1)!;
}
afterEach(async () => {
  for (const one of trials.splice(0)) await one.close();
});

/** A heart rate every six hours, 70 and up. */
function hours(stayId: string, count: number, first = 70): OutgoingRecord[] {
  return Array.from({ length: count }, (_, index) =>
    observation(stayId, index * 6 * HOUR_MS, { value: first + index }),
  );
}

/** What `stay-outcomes` says, in order: completed stays, and why a record was removed. */
async function outcomesOn(one: ScorerTrial): Promise<(CompletedStay | string)[]> {
  return (await one.read(TOPICS.stayOutcomes)).map(({ value, headers }) => {
    if (value === null) return headers[REMOVED_BECAUSE_HEADER]!;
    const decoded = decodeData(completedStaySchema, value);
    if (!decoded.ok) throw new Error(decoded.problem);
    return decoded.data;
  });
}

function valuesOf(completed: CompletedStay | string | undefined): number[] {
  if (completed === undefined || typeof completed === 'string') throw new Error('expected a completed stay');
  return completed.days.flatMap(({ windowBase64 }) =>
    windowObservations(decodeWindow(Buffer.from(windowBase64, 'base64'))).map(({ value }) => value),
  );
}

/** Runs a scorer over the records, flushes after each part, and stops it. */
async function run(one: ScorerTrial, ...parts: OutgoingRecord[][]): Promise<void> {
  const scorer = await one.start();
  let sent = scorer.tally().events.received;
  for (const part of parts) {
    await one.append(part);
    await taken(scorer, (sent += part.length));
    await scorer.flush();
  }
  await scorer.stop();
}

describe('a stay that ends', () => {
  it('is published whole: days of its windows, where it ended, its outcome and since when that is known', async () => {
    const one = trial();
    const moved = transfer('a', 30 * HOUR_MS);
    const after = observation('a', 41 * HOUR_MS, { availableAtMs: ADMITTED_AT_MS + 47 * HOUR_MS, value: 99 });
    const end = discharge('a', 42 * HOUR_MS, { disposition: 'home' }, 48 * HOUR_MS);
    await run(one, [admission('a'), ...hours('a', 7), moved, after, end]);
    const [completed] = await outcomesOn(one);
    expect(completed).toMatchObject({
      ...{ stayId: 'a', site: 's', ward: 'w2', bed: 'b7', static: { ageYears: 61 }, disposition: 'home' },
      ...{ admittedAtMs: ADMITTED_AT_MS, endedAtMs: ADMITTED_AT_MS + 42 * HOUR_MS, outcome: 'survived' },
      ...{ outcomeKnownAtMs: ADMITTED_AT_MS + 48 * HOUR_MS, priorStayIds: [], omittedDays: 0 },
    });
    expect((completed as CompletedStay).days.map(({ day }) => day)).toEqual([0, 1]);
    expect(valuesOf(completed)).toEqual([70, 71, 72, 73, 74, 75, 76]);
  });

  it('is published again when its outcome becomes known, and keeps the time at which it did', async () => {
    const one = trial();
    await run(
      one,
      [admission('a'), ...hours('a', 2), discharge('a', 8 * HOUR_MS, { disposition: 'ward' })],
      [discharge('a', 8 * HOUR_MS, { outcome: 'died' }, 9 * DAY_MS)],
      [discharge('a', 8 * HOUR_MS, { outcome: 'died', disposition: 'ward' }, 10 * DAY_MS)],
    );
    const outcomes = await outcomesOn(one);
    expect(outcomes).toHaveLength(1);
    expect(outcomes[0]).toMatchObject({ outcome: 'died', outcomeKnownAtMs: ADMITTED_AT_MS + 9 * DAY_MS });
    expect(valuesOf(outcomes[0])).toEqual([70, 71]);
  });

  it('leaves a tombstone when its discharge is cancelled, goes on with its window, and is published at its next end', async () => {
    const one = trial();
    const begin = [admission('a'), ...hours('a', 2), discharge('a', 8 * HOUR_MS)];
    await run(one, begin, [cancelledDischarge('a', 9 * HOUR_MS)]);
    expect(await outcomesOn(one)).toEqual(['discharge-cancelled']);
    await run(one, [observation('a', 10 * HOUR_MS, { value: 90 })]);
    const scores = (await one.read(TOPICS.riskScores)).map(({ value }) => decodeData(riskScoreSchema, value));
    const last = scores.at(-1);
    expect(last?.ok && last.data.shareImputed).toBeCloseTo(1 - 3 / (11 * 24), 12);
    await run(one, [discharge('a', 11 * HOUR_MS, { outcome: 'survived' })]);
    expect(valuesOf((await outcomesOn(one)).at(-1))).toEqual([70, 71, 90]);
  });

  it('is not published when it was withdrawn, before its end or after it', async () => {
    const one = trial();
    const stay = (id: string) => [admission(id), ...hours(id, 2)];
    await run(
      one,
      [...stay('a'), ...stay('b'), withdrawal('a', HOUR_MS), withdrawal('nobody', HOUR_MS)],
      [discharge('a', 8 * HOUR_MS), discharge('b', 8 * HOUR_MS)],
      [withdrawal('b', 9 * HOUR_MS), discharge('b', 8 * HOUR_MS, { outcome: 'died' }, 10 * HOUR_MS)],
    );
    expect(await outcomesOn(one)).toEqual(['withdrawn', 'withdrawn', 'withdrawn']);
  });

  it('is published once more by the next scorer after a crash before the commit, with the same bytes', async () => {
    const one = trial();
    const records = [admission('a'), ...hours('a', 5), discharge('a', 40 * HOUR_MS, { outcome: 'died' })];
    const first = await one.start();
    await one.append(records);
    await taken(first, records.length);
    await first.crash();
    const second = await one.start();
    await taken(second, records.length);
    await second.flush();
    const after = await one.read(TOPICS.stayOutcomes);
    const calm = trial();
    await run(calm, records);
    expect(after.map(({ value }) => Buffer.from(value!).toString())).toEqual(
      (await calm.read(TOPICS.stayOutcomes)).map(({ value }) => Buffer.from(value!).toString()),
    );
    await second.stop();
  });
});

describe('stays that are merged', () => {
  it('join their windows across partitions, and the survivor is published with both histories', async () => {
    const one = trial(4);
    const early = { admittedAtMs: ADMITTED_AT_MS - 50 * MINUTE_MS };
    const scorer = await one.start();
    await one.append([
      ...[admission('prior', early), ...hours('prior', 3, 100)],
      ...[admission('survivor'), observation('survivor', 30 * MINUTE_MS, { value: 50 })],
      merge('prior', 'survivor', 13 * HOUR_MS),
    ]);
    await taken(scorer, 8);
    expect(scorer.tally().events.outcomes).toMatchObject({ applied: 8 });
    await one.append([observation('prior', 14 * HOUR_MS), observation('survivor', 14 * HOUR_MS, { value: 60 })]);
    await taken(scorer, 10);
    expect(scorer.tally().events.outcomes['stay-merged']).toBe(1);
    await one.append([discharge('survivor', 20 * HOUR_MS, { outcome: 'survived' })]);
    await taken(scorer, 11);
    await scorer.stop();
    const latest = (await one.read(TOPICS.riskScores))
      .map(({ value }) => decodeData(riskScoreSchema, value))
      .flatMap((score) => (score.ok && score.data.stayId === 'survivor' ? [score.data] : []));
    expect(latest.map(({ admittedAtMs }) => admittedAtMs)).toContain(ADMITTED_AT_MS);
    expect(latest.at(-1)!.shareImputed).toBeCloseTo(1 - 4 / (11 * 24), 12);
    const [completed] = await outcomesOn(one);
    expect(completed).toMatchObject({ stayId: 'survivor', priorStayIds: ['prior'], admittedAtMs: ADMITTED_AT_MS });
    expect(valuesOf(completed)).toEqual([100, 50, 101, 102, 60]);
  });
});
