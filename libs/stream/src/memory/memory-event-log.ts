import { LocalBroker } from '../local/local-broker.js';
import { LocalEventLog } from '../local/local-event-log.js';
import { MemoryStorage } from './memory-storage.js';

/** What several {@link MemoryEventLog}s share, as processes share a broker. */
export class MemoryBroker extends LocalBroker {
  /** @param now epoch milliseconds; retention by age goes by it */
  constructor(now: () => number = Date.now) {
    super(new MemoryStorage(now));
  }
}

/** The log in memory, for tests and trials. A log that is closed and opened again on the same broker finds what was there. */
export class MemoryEventLog extends LocalEventLog {
  constructor(broker: MemoryBroker = new MemoryBroker()) {
    super(broker);
  }
}
