import type { HistoryStore } from '#history';
import { describeHistoryStoreContract } from '../../../../test/contract/history-store.contract.js';
import { MemoryHistoryStore } from './memory-history-store.js';

describeHistoryStoreContract(
  'MemoryHistoryStore',
  async () => {
    let nowMs = Date.now();
    const kept = new MemoryHistoryStore({ now: () => nowMs });
    /** What is in memory outlives this handle alone. */
    const handle: HistoryStore = {
      write: (points) => kept.write(points),
      read: (query) => kept.read(query),
      close: async () => undefined,
    };
    return { open: async () => handle, advanceMs: (ms) => void (nowMs += ms), destroy: () => kept.close() };
  },
  { ownClock: true },
);
