import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { HOUR_MS } from '#clinical';
import { openDataset, writeRecording } from '#replay';
import { createScorer, ModelScorer } from '#scorer';
import { ServiceLogger } from '#service';
import { MemoryBroker, MemoryEventLog } from '#stream';
import { TOPICS } from '#wire';
import { collectAll } from '../../../test/support/collect-all.js';
import { KeptHistory } from '../../../test/support/scorer/kept-history.js';
import { taken } from '../../../test/support/scorer/scorer-trial.js';
import { temporaryFolder } from '../../../test/support/temporary-folder.js';
import { untrainedRelease } from '../../../test/support/untrained-release.js';
import { replayStays } from './scoring/replay-stays.js';
import { validate } from './validate.js';
import type { ValidationWish } from './validation-wish.js';

const logger = new ServiceLogger({ service: 'spec', level: 'silent' });
const surroundings = {
  ...{ logger, signal: new AbortController().signal, code: { version: '0' } },
  ...{ say: () => undefined, onProgress: () => undefined },
  machine: { cpu: 'spec', cores: 1, memoryGiB: 1, platform: 'spec', node: 'spec' },
};

function wish(outFolder: string, more: Partial<ValidationWish>): ValidationWish {
  return {
    ...{ choices: [], releases: [], everyHours: 2, seed: 7, resamples: 5, contributions: false, hiddenStays: 0 },
    ...{ threads: 1, policies: [], outFolder, command: 'npm run replay -- validate' },
    ...more,
  };
}

describe('a validation on recorded topics', () => {
  it('computes the scores of the live scorer again, to the byte', async () => {
    await using folder = await temporaryFolder();
    await using release = await untrainedRelease();
    const path = join(folder.path, 'topics.ndjson.gz');
    const stays = (
      await collectAll(openDataset({ name: 'recordings', path: join('test', 'recordings'), maxHours: 8 }).stays())
    ).slice(0, 2);
    const log = new MemoryEventLog(new MemoryBroker(() => 0));
    const scorer = await ModelScorer.open({ bundleDirectory: release.path, onUnavailable: raise });
    const live = await createScorer({
      ...{ log, history: new KeptHistory(), scorer, logger, partitions: 12, onFailure: raise },
      scoring: { overload: 'wait', scoreEveryMs: 2 * HOUR_MS },
    });
    const events = await replayStays(log, stays, new AbortController().signal);
    await taken(live, events);
    await live.stop();
    await scorer.close();
    await writeRecording({ path, log, topics: [TOPICS.bedsideEvents, TOPICS.riskScores], recordedAtMs: 0 });

    const replayed = { recording: path, releases: [release.path] };
    const whole = await validate(wish(folder.path, { ...replayed, contributions: true }), surroundings);
    const { due } = live.tally().windows;
    const expected = [{ release: 'untrained-spec', recorded: due, equal: due, different: 0, missing: 0 }];
    expect(whole.report.tables['live']!.rows).toEqual(expected);
    expect(whole.report.stays).toBe(2);
    const risksAlone = await validate(wish(folder.path, replayed), surroundings);
    expect(risksAlone.report.tables['live']!.rows).toEqual(expected);
  });
});

function raise(error: Error): never {
  throw error;
}
