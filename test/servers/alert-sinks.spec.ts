import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AlertDelivery, readSinkFile } from '#alerter';
import { createMetrics, ServiceLogger } from '#service';
import { MemoryBroker, MemoryEventLog } from '#stream';
import { decodeData, topicLayout, TOPICS, undeliveredAlertSchema, type Alert } from '#wire';
import { collectAll } from '../support/collect-all.js';
import { alertIdOf, alertRecord, madeAlert } from '../support/delivery/made-alert.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { requiredSetting } from './required-setting.js';

const alertmanager = requiredSetting('ALERTMANAGER_URL');
const fhir = requiredSetting('FHIR_URL');
const systems = { alert: 'https://north.example/vigil/alerts', stay: 'https://north.example/stays' };
const REPEAT_MS = 200;

let log: MemoryEventLog;
const running: { close(): Promise<void> }[] = [];

beforeEach(async () => {
  log = new MemoryEventLog(new MemoryBroker());
  await log.ensureTopics([topicLayout(TOPICS.alerts, 2), topicLayout(TOPICS.deadLetters, 2)]);
});

afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.close();
  await log.close();
});

async function start(folder: string, ...sinks: readonly object[]): Promise<AlertDelivery> {
  const file = join(folder, 'sinks.json');
  await writeFile(file, JSON.stringify({ version: 1, sinks }));
  const write = (_line: string, written: () => void): void => written();
  const delivery = await AlertDelivery.start({
    ...{ log, folder, sinks: await readSinkFile(file, { environment: {}, nowMs: Date.now, write }) },
    logger: new ServiceLogger({ service: 'alerter', level: 'silent' }),
    metrics: createMetrics({ service: 'alerter', processMetrics: false }),
    onFailure: (error) => {
      throw error;
    },
  });
  running.push(delivery);
  return delivery;
}

const append = (alert: Alert): Promise<void> => log.append(TOPICS.alerts, [alertRecord(alert)]);

/** Asks until the answer is as wanted; the test's own time limit ends what never comes. */
async function until<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    await nextTurn();
  }
}

async function get<T>(url: string): Promise<T> {
  return (await (await fetch(url)).json()) as T;
}

interface Held {
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly status: { readonly state: string };
}

function atAlertmanager(alertId: string): Promise<Held[]> {
  return get(`${alertmanager}/api/v2/alerts?filter=${encodeURIComponent(`alert_id="${alertId}"`)}`);
}

describe('Prometheus Alertmanager', () => {
  const sink = { type: 'alertmanager', name: 'am', url: alertmanager, repeatEveryMs: REPEAT_MS };

  function alertNow(name: string, fields: Partial<Alert> = {}): Alert {
    const nowMs = Date.now();
    const times = { openedAtMs: nowMs - 2_000, firedAtMs: nowMs - 1_000, changedAtMs: nowMs };
    return madeAlert({ alertId: alertIdOf(name), stayId: name, ...times, ...fields });
  }

  it('holds an alert for as long as it is repeated, through an acknowledgement, until it is resolved', async () => {
    await using folder = await temporaryFolder();
    await start(folder.path, sink);
    const alert = alertNow(`held-${Date.now()}`);
    await append(alert);
    const [first] = await until(
      () => atAlertmanager(alert.alertId),
      (held) => held.length === 1,
    );
    expect(first).toMatchObject({
      labels: { alertname: 'risk-high', severity: 'critical', ward: 'icu', kind: 'patient' },
      annotations: { summary: alert.summary, disclaimer: 'Research software, not a medical device.' },
      status: { state: 'active' },
    });
    expect(JSON.stringify(first!.labels)).not.toMatch(/b-7|held/);
    await append({ ...alert, sequence: 3, state: 'acknowledged', by: 'dr-a', changedAtMs: Date.now() });
    const lastEndMs = Date.parse(first!.endsAt);
    const [later] = await until(
      () => atAlertmanager(alert.alertId),
      ([held]) => held === undefined || Date.parse(held.endsAt) > lastEndMs + 3 * REPEAT_MS,
    );
    expect(later!.annotations['state']).toBe('acknowledged');
    const over = { state: 'resolved', resolution: 'recovered' } as const;
    await append({ ...alert, ...over, sequence: 4, changedAtMs: Date.now() });
    await until(
      () => atAlertmanager(alert.alertId),
      (held) => held.length === 0,
    );
  });

  it('is told again after a restart of what stood before', async () => {
    await using folder = await temporaryFolder();
    const first = await start(folder.path, sink);
    const alert = alertNow(`again-${Date.now()}`);
    await append(alert);
    await until(
      () => atAlertmanager(alert.alertId),
      (held) => held.length === 1,
    );
    await first.close();
    // nobody repeats it, so it is over
    await until(
      () => atAlertmanager(alert.alertId),
      (held) => held.length === 0,
    );
    await start(folder.path, sink);
    await until(
      () => atAlertmanager(alert.alertId),
      (held) => held.length === 1,
    );
  });

  it('refuses for good what it finds malformed', async () => {
    const answer = await fetch(`${alertmanager}/api/v2/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ labels: {} }]),
    });
    expect(answer.status).toBe(400);
  });
});

interface Found {
  readonly entry?: readonly { readonly resource: Record<string, unknown> }[];
}

describe('a FHIR server that validates', () => {
  const sink = { type: 'fhir', name: 'record', url: fhir, systems, timeoutMs: 30_000 };

  async function atServer(alertId: string) {
    const identifier = encodeURIComponent(`${systems.alert}|${alertId}`);
    const { entry = [] } = await get<Found>(`${fhir}/RiskAssessment?identifier=${identifier}`);
    return entry.map(({ resource }) => resource);
  }

  it('keeps one valid RiskAssessment an alert, from its first state to its last', async () => {
    await using folder = await temporaryFolder();
    const delivery = await start(folder.path, sink);
    const changedAtMs = Date.now();
    const alertId = alertIdOf(`fhir-${changedAtMs}`);
    const alert = madeAlert({ alertId, changedAtMs });
    await append(alert);
    await until(
      () => atServer(alertId),
      ([one]) => one?.['status'] === 'preliminary',
    );
    await append({ ...alert, sequence: 3, state: 'acknowledged', by: 'Dr A', why: 'seen' });
    const bare = { ...alert, risk: undefined, news2: undefined };
    await append({ ...bare, sequence: 4, state: 'resolved', resolution: 'recovered' });
    const [last, ...more] = await until(
      () => atServer(alertId),
      ([one]) => one?.['status'] === 'final',
    );
    expect(more).toEqual([]);
    expect(last).toMatchObject({ encounter: { identifier: { value: 's-1' } } });
    expect(delivery.report().sinks[0]!.ended.refused).toBeUndefined();
  });

  it('refuses an invalid resource, which becomes a dead letter', async () => {
    await using folder = await temporaryFolder();
    const bad = { ...sink, systems: { ...systems, stay: 'urn:uuid:not-one' } };
    await start(folder.path, bad);
    await append(madeAlert({ changedAtMs: Date.now(), alertId: alertIdOf('invalid') }));
    const [letter] = await until(
      () => collectAll(log.readToEnd(TOPICS.deadLetters)),
      (letters) => letters.length === 1,
    );
    const decoded = decodeData(undeliveredAlertSchema, letter!.value);
    expect(decoded).toMatchObject({ ok: true, data: { sink: 'record', reason: 'refused' } });
    expect(JSON.stringify(decoded)).toMatch(/status 422/);
  });
});
