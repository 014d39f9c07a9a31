import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#clinical';
import { openWindowScorer } from '#scorer';
import { openStorage, ServiceLogger } from '#service';
import { agreementsOf, disagreements, replaySource, runDemo, type DemoResult } from '#standalone';
import { publishedScores } from '../support/e2e/published-scores.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { requiredSetting } from './required-setting.js';

const STAYS = 10;
/** Recent, for the log drops what is older than a week. */
const ANCHOR_MS = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - 3 * DAY_MS;
/** Of this run alone, so that a broker that has seen other runs does not mix them up. */
const PREFIX = `${randomUUID().slice(0, 8)}-`;

const logger = new ServiceLogger({ service: 'e2e', level: 'silent' });

/** Replays the same ten stays with the shipped release on the storage that the settings name. */
async function scoresOn(settings: Parameters<typeof openStorage>[0]): Promise<{
  readonly demo: DemoResult;
  readonly scores: Record<string, string[]>;
}> {
  const storage = await openStorage(settings);
  const model = await openWindowScorer({ threads: 2, logger });
  try {
    const { source } = replaySource({ stays: STAYS, speed: Infinity });
    const demo = await runDemo({
      ...{ storage, model, logger, source, stays: STAYS, anchorMs: ANCHOR_MS, stayIdPrefix: PREFIX, partitions: 12 },
      scoring: { overload: 'wait', scoreEveryMs: 60 * MINUTE_MS },
    });
    return { demo, scores: await publishedScores(storage.log, PREFIX) };
  } finally {
    await model.close();
    await storage.close();
  }
}

describe('ten stays through Kafka and InfluxDB, and through the embedded log and history', () => {
  it('give score records that are equal to the byte, in the same order for every stay', async () => {
    await using folder = await temporaryFolder();
    const servers = {
      KAFKA_BROKERS: requiredSetting('KAFKA_BROKERS'),
      INFLUX_URL: requiredSetting('INFLUX_URL'),
    };
    const onServers = await scoresOn({ VIGIL_STATE: folder.path, ...servers });
    const embedded = await scoresOn({ VIGIL_STATE: folder.path });
    expect(onServers.scores).toEqual(embedded.scores);
    expect(Object.keys(embedded.scores)).toHaveLength(STAYS + 1);
    expect(embedded.demo.stock.scorer.windows.outcomes.scored).toBeGreaterThan(200);
    expect(disagreements(agreementsOf(onServers.demo.stock))).toEqual([]);
    expect(disagreements(agreementsOf(embedded.demo.stock))).toEqual([]);
  }, 900_000);
});
