import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { MINUTE_MS } from '#clinical';
import { createGateway, type Gateway } from '#gateway';
import { createMetrics, HealthRegistry, ServiceLogger } from '#service';
import type { KafkaEventLog } from '#stream';
import { TOPICS } from '#wire';
import { FixedHistory } from '../support/live/fixed-history.js';
import { LiveTestClient } from '../support/live/live-test-client.js';
import { admission, bedsideRecord, observation } from '../support/live/made-events.js';
import { closedAfterEach, openKafkaLog } from './opened.js';

const TOPIC_NAMES = [TOPICS.bedsideEvents, TOPICS.riskScores];

const open = closedAfterEach();

const openLog = (): Promise<KafkaEventLog> => openKafkaLog(open, TOPIC_NAMES);

async function startGateway(log: KafkaEventLog): Promise<Gateway> {
  const gateway = await createGateway({
    log,
    history: new FixedHistory([]),
    logger: new ServiceLogger({ service: 'gateway', level: 'silent' }),
    metrics: createMetrics({ service: 'gateway', processMetrics: false }),
    health: new HealthRegistry(),
    options: { port: 0 },
    onFailure: (error) => {
      throw error;
    },
  });
  open.push(gateway);
  return gateway;
}

describe('two gateways on Kafka', () => {
  it('each see the whole ward: what was there, what came while they started, and what comes', async () => {
    const log = await openLog();
    const ward = randomUUID();
    const stays = Array.from({ length: 6 }, (_, i) => `${ward}-${i}`);
    const startMs = Date.now() - 60 * MINUTE_MS;
    const observeAll = (minute: number): Promise<void> => {
      const atMs = startMs + minute * MINUTE_MS;
      const records = stays.map((stayId) => bedsideRecord('observation', observation(stayId, atMs), atMs));
      return log.append(TOPICS.bedsideEvents, records);
    };
    const admissions = stays.map((stayId) => admission(stayId, { ward, admittedAtMs: startMs }));
    await log.append(
      TOPICS.bedsideEvents,
      admissions.map((event) => bedsideRecord('admission', event, startMs)),
    );
    const gateways = [await startGateway(log), await startGateway(await openLog())];
    for (let minute = 1; minute <= 20; minute++) await observeAll(minute);
    await Promise.all(gateways.map(({ caughtUp }) => caughtUp));
    await observeAll(21);
    for (const { url } of gateways) {
      const client = await LiveTestClient.open(url);
      client.send({ type: 'subscribe', subscription: 's', target: { kind: 'ward', site: 'north', ward } });
      const newest = new Map<string, number | undefined>();
      const take = (beds: readonly { stayId: string; newestObservationAtMs?: number | undefined }[]): boolean => {
        for (const bed of beds) newest.set(bed.stayId, bed.newestObservationAtMs);
        return stays.every((stayId) => newest.get(stayId) === startMs + 21 * MINUTE_MS);
      };
      if (!take((await client.next('snapshot')).beds)) await client.until('update', ({ beds }) => take(beds));
      expect([...newest.keys()].sort()).toEqual([...stays].sort());
      await client.close();
    }
  });
});
