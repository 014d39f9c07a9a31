import type { LogRecord } from '#stream';
import type { RecordingHead } from './recording-format.js';
import { RecordingError } from './recording-error.js';

/** Checks that each partition of a recording is in its order, and each key in one partition: what the order of a stay's events rests on. */
export class OrderCheck {
  private readonly partitions: ReadonlyMap<string, number>;
  private readonly lastOffset = new Map<string, bigint>();
  private readonly partitionOfKey = new Map<string, number>();

  constructor(
    private readonly path: string,
    topics: RecordingHead['topics'],
  ) {
    this.partitions = new Map(topics.map(({ name, partitions }) => [name, partitions]));
  }

  /** @throws RecordingError when the record cannot stand where it stands */
  take({ topic, partition, offset, key }: LogRecord, line: number): void {
    const where = `${this.path}, line ${line}`;
    const count = this.partitions.get(topic);
    if (count === undefined || partition >= count)
      throw new RecordingError(`${where}: partition ${partition} of ${topic} is not among those of the first line.`);
    const place = `${topic}|${partition}`;
    const last = this.lastOffset.get(place);
    if (last !== undefined && offset <= last)
      throw new RecordingError(
        `${where}: offset ${offset} of ${topic}, partition ${partition}, stands after ${last}: partitions or recordings were mixed. Record it again.`,
      );
    this.lastOffset.set(place, offset);
    const known = this.partitionOfKey.get(`${topic}|${key}`) ?? partition;
    if (known !== partition)
      throw new RecordingError(
        `${where}: a key of ${topic} is in partitions ${known} and ${partition}, so the order of its records is lost: partitions or recordings were mixed. Record it again.`,
      );
    this.partitionOfKey.set(`${topic}|${key}`, partition);
  }
}
