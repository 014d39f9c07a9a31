import { describe, expect, it } from '@jest/globals';
import { openStorage, ServiceLogger } from '#service';
import { agreementsOf, disagreements, replaySource, runDemo } from '#standalone';
import { ComputedScorer } from '../support/scorer/computed-scorer.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const logger = new ServiceLogger({ service: 'e2e', level: 'silent' });

describe('recorded stays through every app on the embedded storage', () => {
  it('ends every event in one outcome that all apps agree on, the bad ones in theirs', async () => {
    await using folder = await temporaryFolder();
    const storage = await openStorage({ VIGIL_STATE: folder.path });
    const { source } = replaySource({ stays: 4, speed: Infinity });
    const { stock, sentByHand } = await runDemo({
      ...{ storage, logger, source, stays: 4, partitions: 3 },
      model: new ComputedScorer({ lanes: 2 }),
      scoring: { overload: 'wait', scoreEveryMs: 3_600_000, queueWindows: 8, batchWindows: 4 },
    });
    await storage.close();
    expect(disagreements(agreementsOf(stock))).toEqual([]);
    expect(sentByHand.filter(({ happened }) => !happened).map(({ expected }) => expected)).toEqual([]);
    expect(stock.replayed.stays).toBe(4);
    expect(stock.scorer.windows.outcomes.scored).toBeGreaterThan(50);
    expect(stock.scorer.deadLetters).toBe(11);
  });
});
