import { afterEach, describe, expect, it } from '@jest/globals';
import { MINUTE_MS } from '#clinical';
import { TOPICS } from '#wire';
import { admission, ADMITTED_AT_MS, observation } from '../../../test/support/scorer/bedside-records.js';
import { ComputedScorer } from '../../../test/support/scorer/computed-scorer.js';
import { ScorerTrial, taken } from '../../../test/support/scorer/scorer-trial.js';

const trials: ScorerTrial[] = [];
function trial(): ScorerTrial {
  trials.push(new ScorerTrial());
  return trials.at(-1)!;
}
afterEach(async () => {
  for (const one of trials.splice(0)) await one.close();
});

const floor = { completeness: 0, hoursSinceAdmission: 0 };

/** The stay is due at its first value, and at the same event time again when a glucose of that time comes later. */
const records = [
  admission('a'),
  observation('a', 0),
  observation('a', 0, {
    ...{ signal: 'glucose', value: 100, unit: 'mg/dL', source: 'laboratory' },
    availableAtMs: ADMITTED_AT_MS + 30 * MINUTE_MS,
  }),
  admission('b', { admittedAtMs: ADMITTED_AT_MS + 40 * MINUTE_MS }),
  observation('b', 41 * MINUTE_MS),
];

const isOfA = ({ key }: { readonly key: string }) => key === 'a';

describe('two windows of one due time', () => {
  it('stand in their order, on the log and in the history, though only the newer one was published before a crash', async () => {
    const calm = trial();
    const undisturbed = await calm.start({ scorer: new ComputedScorer({ floor }) });
    await calm.append(records);
    await taken(undisturbed, records.length);
    await undisturbed.flush();
    const published = (await calm.read(TOPICS.riskScores)).filter(isOfA);
    expect(published.map(({ headers }) => headers['ce_id']!.split('|', 2).join('|'))).toEqual(
      Array(2).fill(`a|${ADMITTED_AT_MS}`),
    );

    const one = trial();
    const first = await one.start();
    await first.crash();
    await one.append(records);
    await one.writer.append(TOPICS.riskScores, [published[1]!]);
    const second = await one.start({ scorer: new ComputedScorer({ floor }) });
    await taken(second, records.length);
    await second.flush();
    const newest = (await one.read(TOPICS.riskScores)).findLast(isOfA);
    expect(newest?.headers['ce_id']).toBe(published[1]!.headers['ce_id']);
    const key = `risk|a|${ADMITTED_AT_MS}|computed-1`;
    expect(one.history.points.get(key)).toEqual(calm.history.points.get(key));
    for (const scorer of [undisturbed, second]) await scorer.stop();
  });
});
