import { getEventListeners } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { MemoryBroker, MemoryEventLog } from '#stream';
import { topicLayout, TOPICS } from '#wire';
import fc from 'fast-check';
import { anyStay } from '../../../../test/support/replay/any-stays.js';
import { replayStays } from './replay-stays.js';

describe('replayStays', () => {
  it('leaves nothing with the signal that would hold its stays for the rest of a validation', async () => {
    const { signal } = new AbortController();
    const log = new MemoryEventLog(new MemoryBroker(() => 0));
    await log.ensureTopics([topicLayout(TOPICS.bedsideEvents, 1)]);
    const stays = fc.sample(anyStay('a'), { numRuns: 1, seed: 7 });
    const events = await replayStays(log, stays, signal);
    // its admission at least
    expect(events).toBeGreaterThan(0);
    expect(await replayStays(log, stays, signal)).toBe(events);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    await log.close();
  });
});
