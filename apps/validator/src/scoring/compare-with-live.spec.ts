import { describe, expect, it } from '@jest/globals';
import { MemoryBroker, MemoryEventLog } from '#stream';
import { TOPICS } from '#wire';
import { comparedScore, compareWithLive } from './compare-with-live.js';

const bytes = (score: object): Buffer => Buffer.from(JSON.stringify(score));
const score = (median: number, more: object = {}) => ({ risk: { median }, windowDigest: 'w', news2: {}, ...more });

describe('recorded scores beside those of a replay', () => {
  it('are counted as equal, different or missing, by their ids', async () => {
    const log = new MemoryEventLog(new MemoryBroker(() => 0));
    await log.ensureTopics([{ name: TOPICS.riskScores, partitions: 1, cleanup: 'delete', retentionMs: 1_000 }]);
    const records = [score(0.25), score(0.5), score(0.75, { imputed: ['more'] })].map((value, at) => {
      return { key: 'a', value: bytes(value), headers: { ce_id: String(at) }, timestampMs: 1 };
    });
    await log.append(TOPICS.riskScores, records);
    const recorded = [score(0.25), score(0.55), score(0.75), score(1)];
    const compare = (whole: boolean) => {
      const before = recorded.map((value, at) => [String(at), comparedScore({ value: bytes(value) }, whole)] as const);
      return compareWithLive(log, 'release', new Map(before), whole);
    };
    const counts = { releaseId: 'release', recorded: 4, missing: 1 };
    expect(await compare(false)).toEqual({ ...counts, equal: 2, different: 1 });
    expect(await compare(true)).toEqual({ ...counts, equal: 1, different: 2 });
  });

  it('are held as a few bytes each, whatever they say', () => {
    const large = { value: bytes(score(0.5, { imputed: Array.from({ length: 5_000 }, (_, hour) => hour) })) };
    for (const whole of [true, false]) expect(comparedScore(large, whole).length).toBeLessThan(64);
  });
});
