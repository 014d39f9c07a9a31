import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { parsePolicy } from '#alerting';
import { createAlerter, type RunningAlerter } from '#alerter';
import { ServiceLogger } from '#service';
import type { KafkaEventLog } from '#stream';
import { type Alert, DEFAULT_PARTITIONS, TOPICS } from '#wire';
import { publishedAlerts } from '../support/alerting/alerter-trial.js';
import { START_MS, scoreRecord } from '../support/alerting/alert-records.js';
import { patientRule, policyOf } from '../support/alerting/policies.js';
import { closedAfterEach, openKafkaLog } from './opened.js';

const STAYS = 12;

const open = closedAfterEach();

const openLog = (): Promise<KafkaEventLog> => openKafkaLog(open);

async function startAlerter(group: string): Promise<RunningAlerter> {
  const log = await openLog();
  const partitions = await log.partitionCount(TOPICS.riskScores).catch(() => DEFAULT_PARTITIONS);
  const alerter = await createAlerter({
    ...{ log, group, partitions, tickEveryMs: 200, policy: parsePolicy(policyOf(patientRule())) },
    clock: { rule: 'log' },
    logger: new ServiceLogger({ service: 'alerter', level: 'silent' }),
    onFailure: (error) => {
      throw error;
    },
  });
  open.push({ close: () => alerter.stop() });
  return alerter;
}

/** A score of now, since topics drop what is older than a week. */
function scoreNow(stayId: string, minute: number, risk: number): ReturnType<typeof scoreRecord> {
  const shift = Math.floor((Date.now() - START_MS) / 60_000) - 60;
  return scoreRecord(stayId, shift + minute, risk);
}

describe('two alerters of a group on Kafka', () => {
  it('share the stays, and each acts on the commands about the stays that it watches', async () => {
    const ward = randomUUID();
    const group = `alerter-${ward}`;
    const alerters = [await startAlerter(group), await startAlerter(group)];
    const log = await openLog();
    const stays = Array.from({ length: STAYS }, (_, at) => `${ward}-${at}`);
    const alerts = async (): Promise<Alert[]> =>
      (await publishedAlerts(log)).filter(({ stayId }) => stayId.startsWith(ward));
    await log.append(
      TOPICS.riskScores,
      stays.map((stayId) => scoreNow(stayId, 5, 0.7)),
    );
    const watched = (): string[][] =>
      alerters.map(({ desk }) =>
        desk
          .list({})
          .map(({ stayId }) => stayId)
          .filter((id) => id.startsWith(ward)),
      );
    while (watched().flat().length < STAYS) await delay(100);
    expect(watched().every((some) => some.length > 0)).toBe(true);
    for (const { desk } of alerters) {
      for (const { alertId, stayId } of desk.list({}).filter((alert) => alert.stayId.startsWith(ward))) {
        const command = { commandId: alertId, alertId, stayId, action: 'acknowledge', by: 'dr-a' } as const;
        await desk.order({ ...command, atMs: desk.nowOf(stayId) });
      }
    }
    while ((await alerts()).length < 2 * STAYS) await delay(100);
    const states = (await alerts()).map(({ state }) => state);
    expect(states.filter((state) => state === 'acknowledged')).toHaveLength(STAYS);
    expect(new Set(watched().flat()).size).toBe(STAYS);
  });
});
