import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BASE_MS } from '../../../../test/contract/outgoing.js';
import { describeEventLogContract } from '../../../../test/contract/event-log.contract.js';
import { EmbeddedEventLog } from './embedded-event-log.js';

describeEventLogContract(
  'EmbeddedEventLog',
  async () => {
    let nowMs = BASE_MS + 60_000;
    const directory = await mkdtemp(join(tmpdir(), 'vigil-log-'));
    return {
      open: async () => EmbeddedEventLog.open({ directory, now: () => nowMs }),
      advanceMs: (ms) => void (nowMs += ms),
      destroy: () => rm(directory, { recursive: true }),
    };
  },
  { ownClock: true, modelRuns: 40 },
);
