import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AlertDelivery, readSinkFile } from '#alerter';
import { createMetrics, ServiceLogger } from '#service';
import type { KafkaEventLog } from '#stream';
import { TOPICS } from '#wire';
import { alertIdOf, alertRecord, madeAlert } from '../support/delivery/made-alert.js';
import { Receiver } from '../support/delivery/receiver.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { closedAfterEach, openKafkaLog } from './opened.js';

const open = closedAfterEach();

const openLog = (): Promise<KafkaEventLog> => openKafkaLog(open, [TOPICS.alerts, TOPICS.deadLetters]);

/** A delivery of its own connection and journal, to the webhook. */
async function deliver(folder: string, name: string, url: string): Promise<AlertDelivery> {
  const file = join(folder, 'sinks.json');
  const sink = { type: 'webhook', name, url, secrets: ['SPEC_SECRET'], delivery: { firstPauseMs: 20 } };
  await writeFile(file, JSON.stringify({ version: 1, sinks: [sink] }));
  const environment = { SPEC_SECRET: `whsec_${Buffer.alloc(32).toString('base64')}` };
  const delivery = await AlertDelivery.start({
    ...{ log: await openLog(), folder },
    sinks: await readSinkFile(file, { environment, nowMs: Date.now, write: (_line, written) => written() }),
    logger: new ServiceLogger({ service: 'alerter', level: 'silent' }),
    metrics: createMetrics({ service: 'alerter', processMetrics: false }),
    onFailure: (error) => {
      throw error;
    },
  });
  open.push(delivery);
  return delivery;
}

describe('the delivery of alerts on Kafka', () => {
  it('goes on while a second alerter joins and the first one leaves: nothing is lost, and a stay keeps its order', async () => {
    await using folders = await temporaryFolder();
    await using second = await temporaryFolder();
    const run = randomUUID();
    const stays = Array.from({ length: 12 }, (_, i) => `${run}-${i}`);
    const accepted: string[] = [];
    let count = 0;
    await using receiver = await Receiver.listen(({ headers }) => {
      if ((count += 1) % 7 === 0) return { status: 503 };
      accepted.push(String(headers['webhook-id']));
      return { status: 204 };
    });
    const log = await openLog();
    const append = (sequence: number): Promise<void> => {
      const changedAtMs = Date.now();
      const alerts = stays.map((stayId) => madeAlert({ stayId, sequence, changedAtMs, alertId: alertIdOf(stayId) }));
      return log.append(TOPICS.alerts, alerts.map(alertRecord));
    };
    const isDelivered = (sequence: number) => () =>
      stays.every((stayId) => accepted.includes(`${alertIdOf(stayId)}-${sequence}`));
    const name = `kafka-${run.slice(0, 8)}`;
    await append(2);
    const first = await deliver(folders.path, name, receiver.url);
    await receiver.until(isDelivered(2));
    await append(3);
    await deliver(second.path, name, receiver.url);
    await append(4);
    await receiver.until(isDelivered(4));
    await append(5);
    await first.close();
    await append(6);
    await receiver.until(isDelivered(6));
    for (const stayId of stays) {
      const ids = accepted.filter((id) => id.startsWith(alertIdOf(stayId)));
      expect([...new Set(ids)]).toEqual([2, 3, 4, 5, 6].map((sequence) => `${alertIdOf(stayId)}-${sequence}`));
    }
  });
});
