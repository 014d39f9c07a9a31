import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeHistoryStoreContract } from '../../../../test/contract/history-store.contract.js';
import { EmbeddedHistoryStore } from './embedded-history-store.js';

describeHistoryStoreContract(
  'EmbeddedHistoryStore',
  async () => {
    let nowMs = Date.now();
    const directory = await mkdtemp(join(tmpdir(), 'vigil-history-'));
    return {
      open: async () => EmbeddedHistoryStore.open({ directory, now: () => nowMs }),
      advanceMs: (ms) => void (nowMs += ms),
      destroy: () => rm(directory, { recursive: true }),
    };
  },
  { ownClock: true },
);
