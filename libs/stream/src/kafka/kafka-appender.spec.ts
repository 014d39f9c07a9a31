import { describe, expect, it } from '@jest/globals';
import type { Message, Producer, ProducerBatch } from 'kafkajs';
import type { OutgoingRecord } from '../log-record.js';
import { KafkaAppender } from './kafka-appender.js';

/** A producer that keeps what it was sent until it is told how the request ends. */
class ProducerDouble {
  readonly requests: { readonly texts: string[]; end: (error?: Error) => void }[] = [];
  private readonly waiting: (() => void)[] = [];

  async sendBatch(batch: ProducerBatch): Promise<[]> {
    const messages: Message[] = batch.topicMessages!.flatMap((topic) => topic.messages);
    await new Promise<void>((resolve, reject) => {
      const end = (error?: Error) => (error === undefined ? resolve() : reject(error));
      this.requests.push({ texts: messages.map(({ value }) => String(value).slice(0, 9)), end });
      this.waiting.shift()?.();
    });
    return [];
  }

  /** Resolves with the next request. */
  async request(index: number) {
    while (this.requests.length <= index) await new Promise<void>((resolve) => this.waiting.push(resolve));
    return this.requests[index]!;
  }
}

function record(text: string, bytes = 0): OutgoingRecord {
  return { key: 'k', value: Buffer.from(text.padEnd(bytes)), headers: {}, timestampMs: 1 };
}

function appender() {
  const producer = new ProducerDouble();
  return { producer, appender: new KafkaAppender(producer as unknown as Producer) };
}

describe('the Kafka appender', () => {
  it('sends one request at a time, with all that waits', async () => {
    const { producer, appender: log } = appender();
    const first = log.append('t', [record('a')], 1);
    const one = await producer.request(0);
    const others = [log.append('t', [record('b')], 1), log.append('u', [record('c')], 1)];
    expect(producer.requests).toHaveLength(1);
    one.end();
    const two = await producer.request(1);
    expect([one.texts, two.texts]).toEqual([['a'], ['b', 'c']]);
    two.end();
    await Promise.all([first, ...others, log.idle()]);
  });

  it('keeps a request under the limit of a batch, and an append open until its last part is taken', async () => {
    const { producer, appender: log } = appender();
    let resolved = false;
    const append = log
      .append(
        't',
        ['a', 'b', 'c'].map((text) => record(text, 400_000)),
        1,
      )
      .then(() => (resolved = true));
    const one = await producer.request(0);
    expect(one.texts.map((text) => text.trim())).toEqual(['a', 'b']);
    one.end();
    const two = await producer.request(1);
    expect(resolved).toBe(false);
    two.end();
    await append;
  });

  it('sends nothing more of an append that failed, and goes on with the next', async () => {
    const { producer, appender: log } = appender();
    const failing = log.append(
      't',
      ['a', 'b', 'c'].map((text) => record(text, 400_000)),
      1,
    );
    const next = log.append('t', [record('d')], 1);
    (await producer.request(0)).end(new Error('broker away'));
    await expect(failing).rejects.toMatchObject({ code: 'unavailable' });
    const two = await producer.request(1);
    expect(two.texts).toEqual(['d']);
    two.end();
    await next;
  });

  it('refuses what would need more memory than it may take', async () => {
    const { producer, appender: log } = appender();
    const large = Array.from({ length: 8 }, () => record('x', 8_000_000));
    const waiting = log.append('t', large, 1).catch((error: unknown) => error);
    await expect(log.append('t', [record('y', 5_000_000)], 1)).rejects.toMatchObject({ code: 'unavailable' });
    (await producer.request(0)).end(new Error('broker away'));
    expect(await waiting).toMatchObject({ code: 'unavailable' });
  });
});
