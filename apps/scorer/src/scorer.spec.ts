import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MINUTE_MS } from '#clinical';
import { DEAD_LETTER_OUTCOMES, deadLetterSchema, decodeData, riskScoreSchema, TOPICS, type EventOutcome } from '#wire';
import { anyBedsideRecords } from '../../../test/support/scorer/any-bedside-records.js';
import { admission, observation } from '../../../test/support/scorer/bedside-records.js';
import { ComputedScorer } from '../../../test/support/scorer/computed-scorer.js';
import { recordedWard } from '../../../test/support/scorer/recorded-ward.js';
import { ScorerTrial, taken, until } from '../../../test/support/scorer/scorer-trial.js';
import type { ScorerTally } from './pipeline/event-tally.js';

const trials: ScorerTrial[] = [];
function trial(partitions?: number): ScorerTrial {
  trials.push(new ScorerTrial(partitions));
  return trials.at(-1)!;
}
afterEach(async () => {
  for (const one of trials.splice(0)) await one.close();
});

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

function expectSumsToAgree({ events, windows, deadLetters }: ScorerTally): void {
  const refused = [...DEAD_LETTER_OUTCOMES].reduce(
    (total, outcome: EventOutcome) => total + events.outcomes[outcome],
    0,
  );
  expect(sum(events.outcomes)).toBe(events.received);
  expect(sum(windows.outcomes) + windows.waiting).toBe(windows.due);
  expect(deadLetters).toBe(refused);
}

/** A gate that holds a scorer's model until it is opened. */
function gated(scorer: ComputedScorer): () => void {
  let open = () => {};
  scorer.gate = new Promise<void>((resolve) => (open = resolve));
  return () => {
    scorer.gate = undefined;
    open();
  };
}

/** The scores that an uninterrupted scorer gives. */
async function scoresOf(records: Parameters<ScorerTrial['append']>[0], partitions = 1): Promise<Map<string, string>> {
  const calm = trial(partitions);
  const scorer = await calm.start();
  await calm.append(records);
  await taken(scorer, records.length);
  await scorer.stop();
  return calm.scores();
}

describe('the scorer', () => {
  it('publishes scores of the wire format, and the history has the observations and the scores', async () => {
    const one = trial(2);
    const scorer = await one.start();
    const records = recordedWard(3, 8);
    await one.append(records);
    await taken(scorer, records.length);
    await scorer.flush();
    const published = await one.read(TOPICS.riskScores);
    for (const { value } of published) expect(decodeData(riskScoreSchema, value)).toMatchObject({ ok: true });
    const tally = scorer.tally();
    expectSumsToAgree(tally);
    const { outcomes, waiting } = tally.windows;
    expect([outcomes.superseded, outcomes.abandoned, waiting]).toEqual([0, 0, 0]);
    expect([outcomes.refused, outcomes.scored]).toEqual([3, published.length - 3]);
    const dueTimes = new Set(published.map(({ headers }) => headers['ce_id']!.split('|', 2).join('|')));
    expect(one.history.points.size).toBe(tally.events.outcomes.applied - 3 + dueTimes.size);
    expect(tally.snapshots).toBe(3);
    await scorer.stop();
  });

  it('ends every event in one outcome, and those that need a person in the dead letters', async () => {
    await fc.assert(
      fc.asyncProperty(anyBedsideRecords(), async (records) => {
        const one = trial();
        const scorer = await one.start();
        await one.append(records);
        await taken(scorer, records.length);
        const tally = scorer.tally();
        expect(tally.events.received).toBe(records.length);
        expectSumsToAgree(tally);
        const letters = (await one.read(TOPICS.deadLetters)).map(({ value }) => decodeData(deadLetterSchema, value));
        const offsets = letters.map((letter) => (letter.ok ? Number(letter.data.offset) : NaN));
        expect(offsets).toEqual([...new Set(offsets)].sort((left, right) => left - right));
        expect(offsets).toHaveLength(tally.deadLetters);
        await scorer.stop();
        await one.close();
      }),
      { numRuns: 15 },
    );
  });

  it('gives the same scores, to the byte, however many partitions there are and whoever else is in them', async () => {
    const records = recordedWard(4, 8);
    const scores = await scoresOf(records);
    expect(await scoresOf(records, 3)).toEqual(scores);
    const alone = await scoresOf(records.filter(({ key }) => key === 'stay-1'));
    const together = [...scores].filter(([id]) => id.startsWith('stay-1|'));
    expect([...alone]).toEqual(together);
  });

  it('gives the same scores when every record comes twice', async () => {
    const records = recordedWard(2, 8);
    expect(await scoresOf(records.flatMap((record) => [record, record]))).toEqual(await scoresOf(records));
  });
});

describe('a scorer that is started again', () => {
  it('goes on from its snapshots after a clean stop', async () => {
    const records = recordedWard(3, 10);
    const one = trial(2);
    for (const part of [records.slice(0, 300), records.slice(300)]) {
      const scorer = await one.start();
      await one.append(part);
      await taken(scorer, part.length);
      await scorer.stop();
    }
    expect(await one.scores()).toEqual(await scoresOf(records));
  });

  it('gives the same scores after a crash, and does not compute again what already stands on the log', async () => {
    const records = recordedWard(3, 10);
    const one = trial(2);
    const first = await one.start();
    await one.append(records.slice(0, 200));
    await taken(first, 200);
    await first.flush();
    const committed = (await one.scores()).size;
    await one.append(records.slice(200, 500));
    await taken(first, 500);
    const published = (await one.scores()).size;
    await first.crash();
    await one.append(records.slice(500));
    const model = new ComputedScorer();
    const second = await one.start({ scorer: model });
    await taken(second, records.length - 200);
    const tally = second.tally();
    expect(tally.windows.outcomes['already-published']).toBe(published - committed);
    expect(sum(Object.fromEntries(model.batches.entries()))).toBe(tally.windows.outcomes.scored);
    expect(await one.scores()).toEqual(await scoresOf(records));
    expectSumsToAgree(tally);
    await second.stop();
  });
});

describe('a scorer that loses a partition', () => {
  it('publishes nothing more for it, and the new owner scores what is due', async () => {
    const records = recordedWard(6, 2);
    const one = trial(2);
    const model = new ComputedScorer({ lanes: 4 });
    const open = gated(model);
    const loser = await one.start({ scorer: model });
    await one.append(records);
    await until(() => loser.tally().events.received === records.length);
    const winner = await one.start();
    open();
    await until(() => loser.tally().windows.waiting === 0);
    const { outcomes } = loser.tally().windows;
    expect(outcomes.abandoned).toBeGreaterThan(0);
    expect(outcomes.scored).toBeGreaterThan(0);
    await until(() => winner.tally().windows.due === outcomes.abandoned);
    await winner.idle();
    const { scored, refused } = winner.tally().windows.outcomes;
    expect(scored + refused).toBe(outcomes.abandoned);
    expect(await one.read(TOPICS.riskScores)).toHaveLength(loser.tally().windows.due);
    expect(await one.scores()).toEqual(await scoresOf(records, 2));
    await winner.stop();
    await loser.stop();
  });
});

describe('a scorer with several lanes', () => {
  it('publishes in the order in which windows were due, whichever batch is done first', async () => {
    const records = recordedWard(6, 10);
    const one = trial(1);
    const scorer = await one.start({ scorer: new UnevenScorer({ lanes: 4 }), scoring: { batchWindows: 5 } });
    await one.append(records);
    await taken(scorer, records.length);
    const times = (await one.read(TOPICS.riskScores)).map(({ timestampMs }) => timestampMs);
    expect(times.length).toBeGreaterThan(20);
    expect(times).toEqual(times.toSorted((first, second) => first - second));
    expect(await one.scores()).toEqual(await scoresOf(records));
    await scorer.stop();
  });
});

describe('a scorer whose model is slower than the ward', () => {
  const records = [
    admission('a'),
    ...Array.from({ length: 40 }, (_, index) => observation('a', index * 5 * MINUTE_MS)),
  ];

  it('goes on reading, scores the newest window of a stay and counts what it passed over', async () => {
    const one = trial();
    const model = new ComputedScorer({ floor: { completeness: 0, hoursSinceAdmission: 0 } });
    const open = gated(model);
    const scorer = await one.start({ scorer: model, scoring: { overload: 'supersede', queueWindows: 1 } });
    await one.append(records);
    await until(() => scorer.tally().events.received === records.length);
    open();
    await scorer.idle();
    const { windows } = scorer.tally();
    expectSumsToAgree(scorer.tally());
    expect(windows.due).toBe(40);
    expect(windows.outcomes.superseded).toBeGreaterThan(30);
    const newest = [...(await one.scores()).values()].map((text) => (JSON.parse(text) as { dueAtMs: number }).dueAtMs);
    const last = JSON.parse(Buffer.from(records.at(-1)!.value!).toString()) as { effectiveAtMs: number };
    expect(Math.max(...newest)).toBe(last.effectiveAtMs);
    await scorer.stop();
  });

  it('lets the log wait instead, under that rule, and scores every window', async () => {
    const one = trial();
    const model = new ComputedScorer({ floor: { completeness: 0, hoursSinceAdmission: 0 } });
    const open = gated(model);
    const scorer = await one.start({ scorer: model, scoring: { overload: 'wait', queueWindows: 1, batchWindows: 2 } });
    await one.append(records);
    await until(() => scorer.tally().events.received > 0);
    open();
    await taken(scorer, records.length);
    expect(scorer.tally().windows.outcomes).toMatchObject({ scored: 40, superseded: 0 });
    expect(Math.max(...model.batches)).toBeLessThanOrEqual(2);
    await scorer.stop();
  });
});

describe('a scorer in trouble', () => {
  it('refuses windows with the reason while the model is away, and scores again when it is back', async () => {
    const one = trial();
    const model = new ComputedScorer();
    model.unavailable = true;
    const scorer = await one.start({ scorer: model });
    await one.append([
      admission('a'),
      observation('a', 0),
      observation('a', 0, { signal: 'spo2', value: 97, unit: '%' }),
    ]);
    await taken(scorer, 3);
    model.unavailable = false;
    await one.append([observation('a', 10 * MINUTE_MS)]);
    await taken(scorer, 4);
    const scores = (await one.read(TOPICS.riskScores)).map(({ value }) => decodeData(riskScoreSchema, value));
    expect(scores.map((score) => score.ok && (score.data.refusedBecause ?? 'scored'))).toEqual([
      'too-little-data',
      'model-unavailable',
      'scored',
    ]);
    await scorer.stop();
  });

  it('stops at a surprise: it publishes nothing more and commits nothing, and the next one reads again', async () => {
    const one = trial();
    const failures: Error[] = [];
    const broken = new ComputedScorer();
    broken.score = () => Promise.reject(new Error('a surprise'));
    const first = await one.start({ scorer: broken, onFailure: (error) => failures.push(error) });
    await one.append(recordedWard(1, 3));
    await until(() => failures.length > 0);
    await first.stop();
    expect(failures.map(({ message }) => message)).toEqual(['a surprise']);
    await first.crash();
    const second = await one.start();
    await taken(second, recordedWard(1, 3).length);
    expect(await one.scores()).toEqual(await scoresOf(recordedWard(1, 3)));
    await second.stop();
  });
});

/** The first of every three batches takes longest, counted in turns of the event loop. */
class UnevenScorer extends ComputedScorer {
  override async score(windows: Parameters<ComputedScorer['score']>[0]) {
    const batch = this.batches.length;
    const scores = await super.score(windows);
    for (let turn = [40, 20, 0][batch % 3]!; turn > 0; turn--) await new Promise((resolve) => setImmediate(resolve));
    return scores;
  }
}
