import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DAY_MS, HOUR_MS } from '#clinical';
import { shippedReleaseDirectory } from '#model';
import { firstStays, MemoryProgressStore, openDataset, ReplaySession, writeRecording } from '#replay';
import { createScorer, ModelScorer } from '#scorer';
import { ServiceLogger } from '#service';
import { KafkaEventLog } from '#stream';
import { IsolatedLog, validate, type ValidationWish } from '#validator';
import { TOPICS } from '#wire';
import { SkippingClock } from '../support/replay/skipping-clock.js';
import { KeptHistory } from '../support/scorer/kept-history.js';
import { taken } from '../support/scorer/scorer-trial.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { requiredSetting } from './required-setting.js';

const STAYS = 4;
const EVERY_HOURS = 2;
const brokers = requiredSetting('KAFKA_BROKERS').split(',');
const logger = new ServiceLogger({ service: 'e2e', level: 'silent' });
const fail = (error: Error): never => {
  throw error;
};

/** A live scorer of the shipped release on topics of its own on Kafka, and the file that was recorded of them. */
async function recordLive(path: string): Promise<number> {
  const log = new IsolatedLog(await KafkaEventLog.open({ brokers }), `recorded-${randomUUID()}.`);
  const scorer = await ModelScorer.open({
    bundleDirectory: shippedReleaseDirectory(),
    threads: 2,
    onUnavailable: fail,
  });
  try {
    const live = await createScorer({
      ...{ log, scorer, logger, history: new KeptHistory(), partitions: 12, group: randomUUID(), onFailure: fail },
      scoring: { overload: 'wait', scoreEveryMs: EVERY_HOURS * HOUR_MS },
    });
    const { appendedEvents } = await new ReplaySession({
      source: firstStays(
        openDataset({ name: 'recordings', path: join('test', 'recordings'), maxHours: 24 }).stays,
        STAYS,
      ),
      ...{ log, clock: new SkippingClock(Date.now()), progressStore: new MemoryProgressStore() },
      ...{ anchorMs: Date.now() - 3 * DAY_MS, staggerMs: HOUR_MS },
    }).run();
    await taken(live, appendedEvents);
    await live.stop();
    await writeRecording({ path, log, topics: [TOPICS.bedsideEvents, TOPICS.riskScores], recordedAtMs: Date.now() });
    return live.tally().windows.due;
  } finally {
    await scorer.close();
    await log.close();
  }
}

describe('the topics of a live scorer on Kafka, recorded to a file and replayed', () => {
  it('give the same scores, to the byte, on the embedded log and on Kafka', async () => {
    await using folder = await temporaryFolder();
    const recording = join(folder.path, 'topics.ndjson.gz');
    const recorded = await recordLive(recording);
    expect(recorded).toBeGreaterThan(STAYS * 10);
    const wish: ValidationWish = {
      ...{
        choices: [],
        recording,
        releases: [shippedReleaseDirectory()],
        everyHours: EVERY_HOURS,
        contributions: true,
      },
      ...{ seed: 7, resamples: 5, hiddenStays: 0, threads: 2, policies: [], outFolder: folder.path, command: '' },
    };
    const surroundings = {
      ...{ logger, signal: new AbortController().signal, code: { version: '0' } },
      ...{ say: () => undefined, onProgress: () => undefined },
      machine: { cpu: 'spec', cores: 1, memoryGiB: 1, platform: 'spec', node: 'spec' },
    };
    for (const where of [{}, { brokers }]) {
      const { report } = await validate({ ...wish, ...where }, surroundings);
      expect(report.tables['live']!.rows).toEqual([
        { release: report.releases[0]!.releaseId, recorded, equal: recorded, different: 0, missing: 0 },
      ]);
    }
  }, 600_000);
});
