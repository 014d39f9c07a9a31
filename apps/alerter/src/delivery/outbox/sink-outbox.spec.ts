import { describe, expect, it } from '@jest/globals';
import { MemoryBroker, MemoryEventLog, type EventLog, type Subscription, type SubscriptionOptions } from '#stream';
import { TOPICS } from '#wire';
import { alertIdOf, alertRecord, madeAlert } from '../../../../../test/support/delivery/made-alert.js';
import { ManualDeliveryClock, settled } from '../../../../../test/support/delivery/manual-delivery-clock.js';
import { ScriptedSink } from '../../../../../test/support/delivery/scripted-sink.js';
import { temporaryFolder } from '../../../../../test/support/temporary-folder.js';
import { DELIVERY_POLICY } from '../delivery-policy.js';
import { DeliveryJournal } from './delivery-journal.js';
import { SinkOutbox } from './sink-outbox.js';

/** A log that hands over what the spec says, and may take its partition away while a batch is in hand, as a rebalance of Kafka does. */
class HandedLog extends MemoryEventLog {
  handler: SubscriptionOptions['handler'] | undefined;
  isHeld = true;

  override subscribe({ handler }: SubscriptionOptions): Promise<Subscription> {
    this.handler = handler;
    return Promise.resolve({
      assigned: () => (this.isHeld ? [{ topic: TOPICS.alerts, partition: 0 }] : []),
      ...{ assignmentEpoch: () => 1, pause: () => undefined, resume: () => undefined },
      ...{ commit: () => Promise.resolve(), close: () => Promise.resolve() },
    });
  }
}

function batchOf(...stays: string[]) {
  const records = stays.map((stayId, at) => {
    const { key, value, headers } = alertRecord(madeAlert({ stayId, alertId: alertIdOf(stayId) }));
    return { topic: TOPICS.alerts, partition: 0, offset: BigInt(at), timestampMs: 0, key, value, headers };
  });
  return { topic: TOPICS.alerts, partition: 0, records };
}

describe('a sink that holds as much as it may', () => {
  it('lets go of a partition that it has lost, and sends nothing more of it', async () => {
    await using folder = await temporaryFolder();
    let up = false;
    const sink = new ScriptedSink(() => (up ? { outcome: 'delivered' } : { outcome: 'failed', detail: 'status 503' }));
    const clock = new ManualDeliveryClock();
    const log = new HandedLog(new MemoryBroker(() => 0));
    const outbox = new SinkOutbox({
      ...{ sink, clock, log: log as EventLog, random: () => 1, onEnd: () => undefined, onRetry: () => undefined },
      policy: { ...DELIVERY_POLICY, maxWaiting: 1 },
      journal: await DeliveryJournal.open(`${folder.path}/sink.journal`),
      onFailure: (error) => {
        throw error;
      },
    });
    await outbox.start();
    await log.handler!.onAssigned!([{ topic: TOPICS.alerts, partition: 0 }]);
    let isDone = false;
    void log.handler!.onBatch(batchOf('a', 'b', 'c')).then(() => (isDone = true));
    await settled();
    expect([isDone, outbox.courier.size]).toEqual([false, 1]);
    log.isHeld = false;
    await clock.advance(1_000);
    expect([isDone, outbox.courier.size]).toEqual([true, 0]);
    up = true;
    const before = sink.attempts.length;
    await clock.advance(600_000);
    expect(sink.attempts).toHaveLength(before);
    await outbox.close();
    await log.close();
  });
});
