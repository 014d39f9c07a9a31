import 'reflect-metadata';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Controller, Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Payload, Ctx } from '@nestjs/microservices';
import type { EventLog, LogRecord, RecordBatch, Subscription, SubscriptionOptions, TopicPartition } from '#stream';
import { EventLogServer } from './event-log-server.js';
import { listenOn } from './http/listen-on.js';
import { HealthRegistry } from './health-registry.js';
import type { LogBatchContext } from './log-batch-context.js';
import { AssignedHandler, BatchHandler, RevokedHandler } from './log-handlers.js';
import { createMetrics } from './metrics.js';
import { NestLogger } from './nest-logger.js';
import { ServiceLogger } from './service-logger.js';
import { ServiceModule } from './service.module.js';

/** What the controller saw, in order. */
const seen: unknown[] = [];

@Controller()
class RecordingController {
  @AssignedHandler('events')
  async assigned(@Payload() partitions: TopicPartition[]): Promise<void> {
    seen.push(['assigned', partitions.map(({ partition }) => partition)]);
  }

  @RevokedHandler('events')
  async revoked(@Payload() partitions: TopicPartition[]): Promise<void> {
    seen.push(['revoked', partitions.map(({ partition }) => partition)]);
  }

  @BatchHandler('events')
  async batch(@Payload() batch: RecordBatch, @Ctx() context: LogBatchContext): Promise<void> {
    if (batch.records[0]!.key === 'poison') throw new RangeError('a surprise');
    seen.push(['batch', batch.records.length, context.epoch()]);
    context.pause();
    await context.commit([{ topic: 'events', partition: batch.partition, nextOffset: 2n }]);
  }
}

/** A subscription that records what is asked of it. */
class RecordingSubscription implements Subscription {
  assigned = () => [];
  assignmentEpoch = () => 7;
  pause = (partitions: readonly TopicPartition[]) => void seen.push(['pause', partitions[0]!.partition]);
  resume = () => undefined;
  commit = async () => void seen.push(['commit']);
  close = async () => void seen.push(['closed']);
}

function batchOf(keys: readonly string[]): RecordBatch {
  const record = (key: string, index: number): LogRecord => {
    return { key, value: null, headers: {}, timestampMs: 0, topic: 'events', partition: 1, offset: BigInt(index) };
  };
  return { topic: 'events', partition: 1, records: keys.map(record) };
}

async function start(health = new HealthRegistry()) {
  let options: SubscriptionOptions | undefined;
  const log = {
    subscribe: async (given: SubscriptionOptions) => {
      options = given;
      return new RecordingSubscription();
    },
  } as unknown as EventLog;
  const logger = new ServiceLogger({ service: 'test', level: 'silent' });
  const metrics = createMetrics({ service: 'test', processMetrics: false });

  @Module({ imports: [ServiceModule.register({ logger, metrics, health })], controllers: [RecordingController] })
  class TestModule {}
  const app = await NestFactory.create(TestModule, { logger: new NestLogger(logger) });
  app.connectMicroservice({
    strategy: new EventLogServer({ log, group: 'g', onFailure: () => undefined }),
  });
  await app.startAllMicroservices();
  return { app, options: options!, url: await listenOn(app, 0, '127.0.0.1') };
}

describe('an app of the service library', () => {
  let app: INestApplication | undefined;
  afterEach(async () => {
    await app?.close();
    app = undefined;
    seen.length = 0;
  });

  it('hands whole batches and assignments of the topics that have a handler', async () => {
    const started = await start();
    app = started.app;
    const { options } = started;
    expect(options.topics).toEqual(['events']);
    await options.handler.onAssigned!([{ topic: 'events', partition: 1 }]);
    await options.handler.onBatch(batchOf(['a', 'b']));
    await options.handler.onRevoked!([{ topic: 'events', partition: 1 }]);
    expect(seen).toEqual([['assigned', [1]], ['batch', 2, 7], ['pause', 1], ['commit'], ['revoked', [1]]]);
    await app.close();
    app = undefined;
    expect(seen.at(-1)).toEqual(['closed']);
  });

  it('hands a surprise on as it is, so that the subscription fails', async () => {
    const started = await start();
    app = started.app;
    await expect(started.options.handler.onBatch(batchOf(['poison']))).rejects.toThrow(new RangeError('a surprise'));
  });

  it('answers health and metrics', async () => {
    const health = new HealthRegistry();
    let healthy = true;
    health.register('ready', 'model', () => ({ healthy }));
    const started = await start(health);
    app = started.app;
    expect((await fetch(`${started.url}/health/live`)).status).toBe(200);
    expect(await (await fetch(`${started.url}/health/ready`)).json()).toEqual({
      healthy: true,
      checks: { model: { healthy: true } },
    });
    healthy = false;
    expect((await fetch(`${started.url}/health/ready`)).status).toBe(503);
    const metrics = await fetch(`${started.url}/metrics`);
    expect(metrics.headers.get('content-type')).toContain('text/plain');
    // what a caller is told before it sends into a connection that is being closed
    expect(metrics.headers.get('keep-alive')).toBe('timeout=65');
  });
});
