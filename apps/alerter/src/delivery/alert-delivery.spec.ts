import { afterEach, describe, expect, it } from '@jest/globals';
import { createMetrics, ServiceLogger } from '#service';
import { MemoryBroker, MemoryEventLog } from '#stream';
import {
  decodeData,
  eventType,
  topicLayout,
  TOPICS,
  UNDELIVERED_ALERT,
  undeliveredAlertSchema,
  type Alert,
} from '#wire';
import { alertIdOf, alertRecord, madeAlert } from '../../../../test/support/delivery/made-alert.js';
import { Receiver, type Received } from '../../../../test/support/delivery/receiver.js';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import { AlertDelivery, type ConfiguredSink } from './alert-delivery.js';
import type { DeliveryPolicy } from './delivery-policy.js';
import type { SinkFilter } from './sinks/sink-filter.js';
import { WebhookSink } from './sinks/webhook-sink.js';

/** The records of `madeAlert` are of this time; a log whose clock is far ahead would drop them. */
const broker = () => new MemoryBroker(() => madeAlert().changedAtMs);
const running: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.close();
});

async function openLog(on: MemoryBroker, partitions = 2): Promise<MemoryEventLog> {
  const log = new MemoryEventLog(on);
  running.push(log);
  await log.ensureTopics([topicLayout(TOPICS.alerts, partitions), topicLayout(TOPICS.deadLetters, partitions)]);
  return log;
}

function webhook(
  name: string,
  url: string,
  policy: Partial<DeliveryPolicy> = {},
  filter: SinkFilter = {},
): ConfiguredSink {
  const sink = new WebhookSink({
    ...{ name, url, secrets: [Buffer.alloc(32)], identify: 'stay', filter, timeoutMs: 2_000, nowMs: Date.now },
  });
  return { sink, policy: { firstPauseMs: 5, longestPauseMs: 20, circuitRestMs: 10, ...policy } };
}

async function start(log: MemoryEventLog, folder: string, sinks: readonly ConfiguredSink[]) {
  const metrics = createMetrics({ service: 'alerter', processMetrics: false });
  const delivery = await AlertDelivery.start({
    ...{ log, folder, sinks, metrics, logger: new ServiceLogger({ service: 'alerter', level: 'silent' }) },
    onFailure: (error) => {
      throw error;
    },
  });
  running.push(delivery);
  return { delivery, metrics };
}

function transitions(stays: readonly string[], sequences: readonly number[]): Alert[] {
  return sequences.flatMap((sequence) =>
    stays.map((stayId) => madeAlert({ stayId, sequence, alertId: alertIdOf(stayId) })),
  );
}

const append = (log: MemoryEventLog, alerts: readonly Alert[]) => log.append(TOPICS.alerts, alerts.map(alertRecord));
const idOf = ({ headers }: Received): string => String(headers['webhook-id']);
const sequencesOf = (received: readonly Received[], stayId: string): number[] =>
  received.filter((one) => idOf(one).startsWith(alertIdOf(stayId))).map((one) => Number(idOf(one).split('-')[1]));

describe('the delivery of alerts', () => {
  it('brings every transition to a sink in order for its stay, whatever fails on the way', async () => {
    await using folder = await temporaryFolder();
    let count = 0;
    const accepted: Received[] = [];
    await using receiver = await Receiver.listen((request) => {
      if ((count += 1) % 3 === 0) return { status: 503 };
      accepted.push(request);
      return { status: 200 };
    });
    const log = await openLog(broker());
    await start(log, folder.path, [webhook('flaky', receiver.url, { openCircuitAfter: 100 })]);
    const stays = ['s-1', 's-2', 's-3', 's-4'];
    await append(log, transitions(stays, [2, 3, 4, 5, 6]));
    await receiver.until(() => accepted.length >= 20);
    for (const stay of stays) expect(sequencesOf(accepted, stay)).toEqual([2, 3, 4, 5, 6]);
  });

  it('goes on at a sink while another is dead, and reaches that one when it is back', async () => {
    await using folder = await temporaryFolder();
    let up = false;
    await using dead = await Receiver.listen(() => ({ status: up ? 200 : 503 }));
    await using alive = await Receiver.listen();
    const log = await openLog(broker());
    const policy = { maxAttempts: 1_000, openCircuitAfter: 2, maxWaiting: 3 };
    const sinks = [webhook('dead', dead.url, policy), webhook('alive', alive.url)];
    const { delivery } = await start(log, folder.path, sinks);
    await append(log, transitions(['s-1', 's-2'], [2, 3, 4, 5]));
    await alive.until((received) => received.length === 8);
    await dead.until((received) => received.length >= 3);
    const [report] = delivery.report().sinks;
    expect([report!.sink, report!.circuit === 'closed', report!.waiting]).toEqual(['dead', false, 3]);
    up = true;
    await dead.until((received) => new Set(received.map(idOf)).size === 8);
    expect(alive.received).toHaveLength(8);
  });

  it('makes a dead letter of what is refused, and goes on with the stay', async () => {
    await using folder = await temporaryFolder();
    await using receiver = await Receiver.listen((request) =>
      idOf(request).endsWith('-3') ? { status: 422, body: 'no' } : { status: 204 },
    );
    const log = await openLog(broker());
    const { delivery, metrics } = await start(log, folder.path, [webhook('strict', receiver.url)]);
    await append(log, transitions(['s-1'], [2, 3, 4]));
    await receiver.until((received) => received.length === 3);
    const letters = [];
    for await (const record of log.readToEnd(TOPICS.deadLetters)) {
      expect([record.key, eventType(record.headers)]).toEqual(['s-1', UNDELIVERED_ALERT]);
      letters.push(decodeData(undeliveredAlertSchema, record.value));
    }
    expect(letters).toMatchObject([
      { ok: true, data: { sink: 'strict', reason: 'refused', detail: 'status 422: no', attempts: 1, offset: '1' } },
    ]);
    const ended = delivery.report().ended.map(({ sequence, end, problem }) => [sequence, end, problem]);
    expect(ended.slice(-2)).toEqual([
      [3, 'refused', 'status 422: no'],
      [2, 'delivered', undefined],
    ]);
    const text = await metrics.metrics();
    expect(text).toMatch(/vigil_alert_deliveries_ended_total\{sink="strict",end="refused",app="alerter"\} 1/);
    expect(text).toMatch(/vigil_alert_sink_circuit\{sink="strict",app="alerter"\} 0/);
  });

  it('delivers nothing again after a restart, though an older stay holds the committed offset back', async () => {
    await using folder = await temporaryFolder();
    const stuck = alertIdOf('s-1');
    let mended = false;
    await using receiver = await Receiver.listen((request) => ({
      status: idOf(request).startsWith(stuck) && !mended ? 503 : 204,
    }));
    const on = broker();
    const policy = { maxAttempts: 1_000, openCircuitAfter: 1_000 };
    const log = await openLog(on, 1);
    const first = await start(log, folder.path, [webhook('w', receiver.url, policy)]);
    await append(log, transitions(['s-1', 's-2', 's-3'], [2, 3]));
    // the stuck stay is tried again and again, so that what is asked here is asked again
    await receiver.until(() => first.delivery.report().sinks[0]!.ended.delivered === 4);
    await first.delivery.close();
    mended = true;
    const before = receiver.received.length;
    const second = await start(log, folder.path, [webhook('w', receiver.url, policy)]);
    await append(log, transitions(['s-2'], [4]));
    await receiver.until((received) => received.length >= before + 3);
    expect(receiver.received.slice(before).map(idOf).sort()).toEqual(
      [`${stuck}-2`, `${stuck}-3`, `${alertIdOf('s-2')}-4`].sort(),
    );
    expect(second.delivery.report().sinks[0]!.ended['already-ended']).toBe(4);
  });

  it('delivers a transition once that stands twice on the log, passes pending ones over, and counts what is no alert', async () => {
    await using folder = await temporaryFolder();
    await using receiver = await Receiver.listen();
    const log = await openLog(broker());
    const { delivery } = await start(log, folder.path, [webhook('w', receiver.url)]);
    const pending: Alert = { ...madeAlert(), firedAtMs: undefined, state: 'pending', sequence: 1 };
    await append(log, [pending, madeAlert(), madeAlert()]);
    await log.append(TOPICS.alerts, [{ ...alertRecord(madeAlert()), value: Buffer.from('{}') }]);
    await append(log, [madeAlert({ sequence: 3 })]);
    await receiver.until((received) => received.length === 2);
    expect(receiver.received.map(idOf)).toEqual([2, 3].map((sequence) => `${alertIdOf('a')}-${sequence}`));
    const { ended } = delivery.report().sinks[0]!;
    expect(ended).toMatchObject({ 'already-ended': 1, 'passed-over': 1, malformed: 1 });
  });

  it('tells a ward that heard of an alert of its end, also when the stay has moved, and no other ward', async () => {
    await using folder = await temporaryFolder();
    await using receiver = await Receiver.listen();
    const log = await openLog(broker());
    const { sink } = webhook('icu', receiver.url, {}, { wards: ['icu'] });
    await start(log, folder.path, [{ sink }]);
    const over = { ward: 'step-down', state: 'resolved', resolution: 'recovered' } as const;
    const elsewhere = { stayId: 's-2', alertId: alertIdOf('s-2') };
    await append(log, [
      madeAlert(),
      madeAlert({ sequence: 3, ward: 'step-down', state: 'acknowledged', by: 'dr-a' }),
      madeAlert({ sequence: 4, ...over }),
      madeAlert({ ...elsewhere, ward: 'step-down' }),
      madeAlert({ ...elsewhere, ...over, sequence: 3 }),
      madeAlert({ stayId: 's-3', alertId: alertIdOf('s-3') }),
    ]);
    await receiver.until((received) => received.length >= 3);
    expect(receiver.received.map(idOf).sort()).toEqual(
      [`${alertIdOf('a')}-2`, `${alertIdOf('a')}-4`, `${alertIdOf('s-3')}-2`].sort(),
    );
  });

  it('lists what waits, with its attempts and what went wrong', async () => {
    await using folder = await temporaryFolder();
    await using receiver = await Receiver.listen(() => ({ status: 500, body: 'out of order' }));
    const log = await openLog(broker());
    const { delivery } = await start(log, folder.path, [webhook('w', receiver.url, { maxAttempts: 1_000 })]);
    await append(log, [madeAlert()]);
    await receiver.until((received) => received.length >= 3);
    const { waiting, disclaimer } = delivery.report();
    expect(waiting).toMatchObject([{ sink: 'w', stayId: 's-1', sequence: 2, problem: 'status 500: out of order' }]);
    expect(waiting[0]!.attempts).toBeGreaterThanOrEqual(2);
    expect(disclaimer).toBe('Research software, not a medical device.');
  });
});
