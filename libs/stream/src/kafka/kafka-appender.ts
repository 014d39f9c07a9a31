import type { Message, Producer } from 'kafkajs';
import { EventLogError } from '../event-log-error.js';
import type { OutgoingRecord } from '../log-record.js';
import { toEventLogError } from './kafka-errors.js';
import { sizeOf, toMessage } from './kafka-records.js';

/** Bytes of one request: under Kafka's default limit of a batch, so that topics made by others take it too. */
const REQUEST_BYTES = 900 * 1_024;

/** Bytes that may wait; beyond, appends are refused, since the broker is away or too slow for longer than memory lasts. */
const MAX_WAITING_BYTES = 64 * 1_024 * 1_024;

/** One call of append, as far as it is sent. */
interface PendingAppend {
  readonly topic: string;
  readonly records: readonly OutgoingRecord[];
  readonly partitions: number;
  readonly bytes: number;
  sent: number;
  resolve(): void;
  reject(error: Error): void;
}

/** A request: messages by topic, and the appends that are complete when it is acknowledged. */
interface Request {
  readonly messages: Map<string, Message[]>;
  readonly touched: Set<PendingAppend>;
}

/**
 * Sends appends in the order of their calls, one request at a time, each with as much as waits: with two requests under way, one
 * that is sent again could overtake the other and change the order of a key.
 */
export class KafkaAppender {
  private readonly waiting: PendingAppend[] = [];
  private waitingBytes = 0;
  private draining: Promise<void> | undefined;

  constructor(private readonly producer: Producer) {}

  /** Resolves when all in-sync replicas have the records. */
  append(topic: string, records: readonly OutgoingRecord[], partitions: number): Promise<void> {
    const bytes = records.reduce((sum, record) => sum + sizeOf(record), 0);
    if (this.waitingBytes > 0 && this.waitingBytes + bytes > MAX_WAITING_BYTES) {
      const waitingMib = Math.round(this.waitingBytes / 1_048_576);
      return Promise.reject(
        new EventLogError(
          'unavailable',
          `Kafka does not keep up: ${waitingMib} MiB wait to be sent to ${topic} and others`,
        ),
      );
    }
    return new Promise((resolve, reject) => {
      this.waiting.push({ topic, records, partitions, bytes, sent: 0, resolve, reject });
      this.waitingBytes += bytes;
      this.draining ??= this.drain().finally(() => (this.draining = undefined));
    });
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    await this.draining;
  }

  private async drain(): Promise<void> {
    await Promise.resolve(); // appends of the same turn share a request
    while (this.waiting.length > 0) {
      const request = this.nextRequest();
      const topicMessages = [...request.messages].map(([topic, messages]) => ({ topic, messages }));
      try {
        await this.producer.sendBatch({ acks: -1, topicMessages });
        this.settle(request);
      } catch (error) {
        this.settle(request, toEventLogError('Kafka did not take the records', error));
      }
    }
  }

  private nextRequest(): Request {
    const request: Request = { messages: new Map(), touched: new Set() };
    let bytes = 0;
    for (const append of this.waiting) {
      for (; append.sent < append.records.length; append.sent++) {
        const record = append.records[append.sent]!;
        bytes += sizeOf(record);
        if (bytes > REQUEST_BYTES && request.touched.size > 0) return request;
        const messages = request.messages.get(append.topic) ?? [];
        messages.push(toMessage(record, append.partitions));
        request.messages.set(append.topic, messages);
        request.touched.add(append);
      }
    }
    return request;
  }

  private settle({ touched }: Request, error?: EventLogError): void {
    for (const append of touched) {
      if (error === undefined && append.sent < append.records.length) continue;
      this.waiting.splice(this.waiting.indexOf(append), 1);
      this.waitingBytes -= append.bytes;
      if (error === undefined) append.resolve();
      else append.reject(error);
    }
  }
}
