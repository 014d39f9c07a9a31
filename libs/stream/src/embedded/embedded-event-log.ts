import { mkdirSync } from 'node:fs';
import { LocalBroker } from '../local/local-broker.js';
import { LocalEventLog } from '../local/local-event-log.js';
import { DirectoryLock } from './directory-lock.js';
import { EmbeddedStorage } from './embedded-storage.js';
import { openLogTables } from './log-tables.js';

/** Where and by which clock an embedded log keeps its records. */
export interface EmbeddedEventLogOptions {
  /** Folder of the log; made when missing, readable by its owner alone. One process at a time. */
  readonly directory: string;
  /**
   * Epoch milliseconds; retention by age goes by it.
   * @default Date.now
   */
  readonly now?: () => number;
}

/** The log in a folder of this machine (LMDB): durable, for one process, whose parts may share it. */
export class EmbeddedEventLog extends LocalEventLog {
  private closing: Promise<void> | undefined;

  private constructor(
    private readonly storage: EmbeddedStorage,
    private readonly lock: DirectoryLock,
  ) {
    super(new LocalBroker(storage));
  }

  /** Opens the log of a folder; throws `unavailable` when another process has it open. */
  static open({ directory, now = Date.now }: EmbeddedEventLogOptions): EmbeddedEventLog {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const lock = DirectoryLock.acquire(directory);
    try {
      return new EmbeddedEventLog(new EmbeddedStorage(openLogTables(directory), now), lock);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  override close(): Promise<void> {
    return (this.closing ??= this.closeOnce());
  }

  private async closeOnce(): Promise<void> {
    await super.close();
    await this.storage.close();
    this.lock.release();
  }
}
