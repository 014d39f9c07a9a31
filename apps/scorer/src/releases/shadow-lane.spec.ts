import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HOUR_MS, MINUTE_MS } from '#clinical';
import { createMetrics } from '#service';
import { MemoryBroker, MemoryEventLog } from '#stream';
import { decodeData, riskScoreSchema, topicLayout, TOPICS, type RiskScore } from '#wire';
import { admission, logged, observation } from '../../../../test/support/scorer/bedside-records.js';
import { ComputedScorer } from '../../../../test/support/scorer/computed-scorer.js';
import { until } from '../../../../test/support/scorer/scorer-trial.js';
import { takeInRecord } from '../pipeline/take-in-record.js';
import { PartitionStays } from '../stays/partition-stays.js';
import { ReleaseSeat } from './served-releases.js';
import { ShadowLane, type ShadowLaneParts } from './shadow-lane.js';

const WINDOWS = 100;

describe('the lane of shadows', () => {
  let log: MemoryEventLog;
  let troubles: unknown[];

  beforeEach(async () => {
    troubles = [];
    log = new MemoryEventLog(new MemoryBroker(() => 0));
    await log.ensureTopics([topicLayout(TOPICS.shadowScores, 1), topicLayout(TOPICS.riskScores, 1)]);
  });
  afterEach(() => log.close());

  function lane(parts: Partial<ShadowLaneParts> = {}): ShadowLane {
    return new ShadowLane({
      ...{ log, metrics: createMetrics({ service: 'spec', processMetrics: false }) },
      ...{ mayRun: () => true, isHeld: () => true, onTrouble: (error) => troubles.push(error) },
      ...parts,
    });
  }

  /** Offers a hundred due windows of one stay to a shadow. */
  function offerAll(to: ShadowLane, scorer: ComputedScorer, share: number): void {
    const stays = new PartitionStays(0);
    const shadows = [{ seat: new ReleaseSeat(scorer), share }];
    const records = [admission('a'), ...Array.from({ length: WINDOWS }, (_, n) => observation('a', n * 5 * MINUTE_MS))];
    const onDue = (state: Parameters<ShadowLane['offer']>[1]): void => to.offer(stays, state, shadows);
    const context = { release: scorer.release, scoreEveryMs: MINUTE_MS, hasRoom: () => true, onDue };
    for (const record of logged(records)) takeInRecord(stays, record, context);
  }

  async function scoresOn(topic: typeof TOPICS.shadowScores | typeof TOPICS.riskScores): Promise<RiskScore[]> {
    const scores: RiskScore[] = [];
    for await (const { value } of log.readToEnd(topic)) {
      const score = decodeData(riskScoreSchema, value);
      if (score.ok) scores.push(score.data);
    }
    return scores;
  }

  it('gives way: nothing runs while live work waits, and what finds no room is dropped and counted', async () => {
    let live = true;
    const shadows = lane({ mayRun: () => !live });
    const scorer = new ComputedScorer({ floor: { completeness: 0, hoursSinceAdmission: 0 } });
    offerAll(shadows, scorer, 1);
    shadows.pump();
    expect([scorer.batches, shadows.read().waiting, shadows.read().dropped]).toEqual([[], 64, WINDOWS - 64]);
    live = false;
    shadows.pump();
    await until(() => shadows.read().waiting === 0);
    expect(shadows.read()).toMatchObject({ scored: 64, dropped: WINDOWS - 64, failed: 0 });
    expect(Math.max(...scorer.batches)).toBe(4);
    expect(await scoresOn(TOPICS.shadowScores)).toHaveLength(64);
    expect(await scoresOn(TOPICS.riskScores)).toEqual([]);
  });

  it('scores its share only, and refuses under the floor like the live release', async () => {
    const shadows = lane();
    offerAll(shadows, new ComputedScorer({ floor: { completeness: 0, hoursSinceAdmission: 4 } }), 0.3);
    shadows.pump();
    await until(() => shadows.read().waiting === 0);
    const scores = await scoresOn(TOPICS.shadowScores);
    expect(scores.length).toBeGreaterThan(10);
    expect(scores.length).toBeLessThan(50);
    for (const { dueAtMs, admittedAtMs, refusedBecause } of scores)
      expect(refusedBecause === 'too-early').toBe(dueAtMs - admittedAtMs < 4 * HOUR_MS);
  });

  it('publishes nothing for a partition that was lost', async () => {
    const shadows = lane({ isHeld: () => false });
    offerAll(shadows, new ComputedScorer(), 0.2);
    shadows.pump();
    await until(() => shadows.read().waiting === 0);
    expect(shadows.read().abandoned).toBeGreaterThan(0);
    expect(await scoresOn(TOPICS.shadowScores)).toEqual([]);
  });

  it('counts what goes wrong and goes on; live scores are not its business', async () => {
    const shadows = lane();
    const scorer = new ComputedScorer({ floor: { completeness: 0, hoursSinceAdmission: 0 } });
    scorer.score = () => Promise.reject(new Error('a surprise'));
    offerAll(shadows, scorer, 0.2);
    shadows.pump();
    await until(() => shadows.read().waiting === 0);
    expect(shadows.read()).toMatchObject({ scored: 0, failed: expect.any(Number) });
    expect(troubles[0]).toEqual(new Error('a surprise'));
  });
});
