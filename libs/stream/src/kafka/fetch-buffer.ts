import type { ReadLimit, ReadPage } from '../local/log-storage.js';
import type { LogRecord } from '../log-record.js';

/** Fetching of a partition stops at so many bytes waiting, and goes on at half. With what a fetch brings it is the bound. */
const FULL_BYTES = 4 * 1_024 * 1_024;

/** Likewise in records, since small records weigh more in memory than on the wire. */
const FULL_RECORDS = 16_000;

const RECORD_BYTES = 64;

/** Records of one partition that were fetched and not handed over yet. */
export class FetchBuffer {
  private records: LogRecord[] = [];
  private head = 0;
  private bytes = 0;
  private full = false;

  constructor(
    private readonly limit: ReadLimit,
    /** Told to stop fetching, and to go on. */
    private readonly setFull: (full: boolean) => void,
  ) {}

  push(records: readonly LogRecord[]): void {
    for (const record of records) {
      this.records.push(record);
      this.bytes += sizeOf(record);
    }
    if (!this.full && (this.bytes >= FULL_BYTES || this.waiting() >= FULL_RECORDS)) this.setFull((this.full = true));
  }

  /** Takes the next records out; `from` is where to go on when there are none. */
  take(from: bigint): ReadPage {
    const start = this.head;
    let bytes = 0;
    while (this.head < this.records.length && this.head - start < this.limit.records) {
      const size = sizeOf(this.records[this.head]!);
      if (this.head > start && bytes + size > this.limit.bytes) break;
      bytes += size;
      this.head += 1;
    }
    const records = this.records.slice(start, this.head);
    this.bytes -= bytes;
    this.forgetTaken();
    if (this.full && this.bytes < FULL_BYTES / 2 && this.waiting() < FULL_RECORDS / 2)
      this.setFull((this.full = false));
    const last = records.at(-1);
    return { records, nextOffset: last === undefined ? from : last.offset + 1n };
  }

  private waiting(): number {
    return this.records.length - this.head;
  }

  private forgetTaken(): void {
    if (this.head < this.records.length / 2) return;
    this.records = this.records.slice(this.head);
    this.head = 0;
  }
}

function sizeOf(record: LogRecord): number {
  return RECORD_BYTES + record.key.length + (record.value?.byteLength ?? 0);
}
