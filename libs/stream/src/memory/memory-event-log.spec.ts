import { BASE_MS } from '../../../../test/contract/outgoing.js';
import { describeEventLogContract } from '../../../../test/contract/event-log.contract.js';
import { MemoryBroker, MemoryEventLog } from './memory-event-log.js';

describeEventLogContract(
  'MemoryEventLog',
  async () => {
    let nowMs = BASE_MS + 60_000;
    const broker = new MemoryBroker(() => nowMs);
    return {
      open: async () => new MemoryEventLog(broker),
      advanceMs: (ms) => void (nowMs += ms),
      destroy: async () => undefined,
    };
  },
  { ownClock: true, modelRuns: 200 },
);
