import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { DAY_MS, HOUR_MS } from '#clinical';
import { FileProgressStore, firstStays, SYSTEM_CLOCK, type ReplayProgress } from '#replay';
import { openStorage, ServiceLogger } from '#service';
import { caughtUp, replaySource, startStandalone, type StandaloneReplay } from '#standalone';
import { publishedScores } from '../support/e2e/published-scores.js';
import { ComputedScorer } from '../support/scorer/computed-scorer.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const STAYS = 3;
/** Recent, for the log drops what is older than a week. */
const ANCHOR_MS = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - 3 * DAY_MS;
const logger = new ServiceLogger({ service: 'e2e', level: 'silent' });

interface RunOutcome {
  readonly replay: ReplayProgress;
  /** Events that the scorer read in this run. */
  readonly eventsRead: number;
}

/** Runs everything on the state in a folder to the end of the replay, or until `interrupt` stops it. */
async function run(
  folder: string,
  readBefore: number,
  interrupt?: (replay: StandaloneReplay) => Promise<void>,
): Promise<RunOutcome> {
  const storage = await openStorage({ VIGIL_STATE: folder });
  const failure = new AbortController();
  const apps = await startStandalone({
    ...{ storage, logger, port: 0, partitions: 3, onFailure: (error) => failure.abort(error) },
    model: new ComputedScorer({ lanes: 2 }),
    scoring: { overload: 'wait', scoreEveryMs: HOUR_MS, queueWindows: 8 },
  });
  const { source } = replaySource({ stays: STAYS, speed: Infinity });
  const replay = apps.replay({
    ...{
      source: firstStays(source, STAYS),
      clock: SYSTEM_CLOCK,
      anchorMs: ANCHOR_MS,
      maxBatchEvents: 50,
      resume: true,
    },
    progressStore: new FileProgressStore(join(folder, 'replay.json')),
  });
  await interrupt?.(replay);
  const progress = await replay.done;
  if (!interrupt) await caughtUp(apps, progress.appendedEvents - readBefore, failure.signal);
  await apps.stop();
  await storage.close();
  return { replay: progress, eventsRead: apps.scorer.tally().events.received };
}

async function scoresIn(folder: string): Promise<Record<string, string[]>> {
  const storage = await openStorage({ VIGIL_STATE: folder });
  const scores = await publishedScores(storage.log);
  await storage.close();
  return scores;
}

async function stopAfterEvents(replay: StandaloneReplay): Promise<void> {
  while (replay.progress().appendedEvents < 500) await turn();
  replay.stop();
}

describe('standalone, stopped in the middle of a replay and started again', () => {
  it('goes on where it was and publishes the same score records as without the stop', async () => {
    await using whole = await temporaryFolder();
    await using parted = await temporaryFolder();
    const { replay } = await run(whole.path, 0);
    const stopped = await run(parted.path, 0, stopAfterEvents);
    const resumed = await run(parted.path, stopped.eventsRead);
    expect(stopped.replay.state).toBe('stopped');
    expect(stopped.replay.appendedEvents).toBeLessThan(replay.events);
    expect(resumed.replay.appendedEvents).toBe(replay.events);
    expect(stopped.eventsRead + resumed.eventsRead).toBe(replay.events);
    const scores = await scoresIn(whole.path);
    expect(Object.keys(scores)).toHaveLength(STAYS);
    expect(await scoresIn(parted.path)).toEqual(scores);
  });
});
