import { afterEach, describe, expect, it } from '@jest/globals';
import { createMetrics, HealthRegistry, ServiceLogger } from '#service';
import { MemoryBroker, MemoryEventLog } from '#stream';
import {
  ALERT_COMMAND,
  alertCommandSchema,
  alertOrderResponseSchema,
  alertsResponseSchema,
  decodeData,
  eventType,
  httpProblemSchema,
  topicLayout,
  TOPICS,
  type Alert,
  type AlertCommand,
} from '#wire';
import { request } from 'node:http';
import { heardRecord, START_MS } from '../../../../test/support/alerting/alert-records.js';
import { collectAll } from '../../../../test/support/collect-all.js';
import { alertIdOf, alertRecord, madeAlert } from '../../../../test/support/delivery/made-alert.js';
import { FixedHistory } from '../../../../test/support/live/fixed-history.js';
import { LiveTestClient } from '../../../../test/support/live/live-test-client.js';
import { createGateway, type Gateway } from '../create-gateway.js';
import type { GatewayOptions } from '../gateway-options.js';

const ALERT_ID = alertIdOf('a');
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function newLog(
  topics = [TOPICS.alerts, TOPICS.alertCommands],
  nowMs = madeAlert().changedAtMs,
): Promise<MemoryEventLog> {
  const log = new MemoryEventLog(new MemoryBroker(() => nowMs));
  open.push(log);
  await log.ensureTopics([TOPICS.bedsideEvents, TOPICS.riskScores, ...topics].map((name) => topicLayout(name, 2)));
  return log;
}

async function start(log: MemoryEventLog, options: GatewayOptions = {}): Promise<Gateway> {
  const gateway = await createGateway({
    ...{ log, history: new FixedHistory([]), health: new HealthRegistry() },
    logger: new ServiceLogger({ service: 'gateway', level: 'silent' }),
    metrics: createMetrics({ service: 'gateway', processMetrics: false }),
    options: { port: 0, dashboardFolder: 'no-such-folder', ...options },
    onFailure: (error) => {
      throw error;
    },
  });
  open.push(gateway);
  return gateway;
}

async function watching(gateway: Gateway): Promise<LiveTestClient> {
  const client = await LiveTestClient.open(gateway.url);
  open.push(client);
  client.send({ type: 'watch-alerts' });
  return client;
}

const append = (log: MemoryEventLog, ...alerts: Alert[]) => log.append(TOPICS.alerts, alerts.map(alertRecord));

/** A gateway with one firing alert on its board, and a client that has seen it. */
async function withAlert(options?: GatewayOptions) {
  const log = await newLog();
  await append(log, madeAlert());
  const gateway = await start(log, options);
  const client = await watching(gateway);
  await client.until('alerts', ({ state }) => state === 'current');
  return { log, gateway, client };
}

interface Asked {
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly method?: string;
}

/** Without `fetch`, which sets headers of its own. */
async function ask(gateway: Gateway, path: string, { headers = {}, body, method = 'POST' }: Asked = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body ?? { by: 'dr-a' });
  return new Promise<{ status: number; json: unknown }>((resolve, reject) => {
    const sent = request(`${gateway.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
    });
    sent.on('error', reject).on('response', (response) => {
      let answer = '';
      response.on('data', (part: Buffer) => (answer += part.toString('utf8')));
      response.on('end', () => resolve({ status: response.statusCode!, json: JSON.parse(answer) }));
    });
    sent.end(method === 'GET' ? undefined : text);
  });
}

async function commandsOn(log: MemoryEventLog): Promise<AlertCommand[]> {
  const records = await collectAll(log.readToEnd(TOPICS.alertCommands));
  return records.map((record) => {
    expect([eventType(record.headers), record.key]).toEqual([ALERT_COMMAND, 's-1']);
    const decoded = decodeData(alertCommandSchema, record.value);
    if (!decoded.ok) throw new Error(decoded.problem);
    return decoded.data;
  });
}

describe('alerts at the gateway', () => {
  it('are told to every client, those that stood before it started and those that change', async () => {
    const { log, gateway, client } = await withAlert();
    const other = await watching(gateway);
    expect((await other.next('alerts')).alerts).toEqual([madeAlert()]);
    await append(log, madeAlert({ sequence: 3, state: 'acknowledged', by: 'dr-a' }));
    for (const one of [client, other]) {
      const { alerts } = await one.until('alerts', ({ complete }) => !complete);
      expect(alerts).toMatchObject([{ alertId: ALERT_ID, state: 'acknowledged', by: 'dr-a' }]);
    }
    const answer = await ask(gateway, '/api/alerts', { method: 'GET' });
    expect(alertsResponseSchema.parse(answer.json)).toMatchObject({
      ...{ disclaimer: 'Research software, not a medical device.', state: 'current', truncated: false },
      alerts: [{ alertId: ALERT_ID, state: 'acknowledged' }],
    });
  });

  it('are unavailable, not absent, where no alerter has ever run; beds are shown all the same', async () => {
    const gateway = await start(await newLog([]));
    await gateway.caughtUp;
    expect(await (await watching(gateway)).next('alerts')).toMatchObject({ state: 'unavailable', alerts: [] });
  });

  it('are acted on by a command on the log, with who and when', async () => {
    const { log, gateway } = await withAlert();
    const acknowledged = await ask(gateway, `/api/alerts/${ALERT_ID}/acknowledge`, {
      body: { by: 'dr-a', why: 'on my way', commandId: 'c-1' },
    });
    expect(acknowledged.status).toBe(202);
    const { alert, ...answer } = alertOrderResponseSchema.parse(acknowledged.json);
    expect(answer).toMatchObject({ commandId: 'c-1', action: 'acknowledge', outcome: 'sent' });
    expect(alert.state).toBe('firing');
    const beforeMs = Date.now();
    expect(
      (await ask(gateway, `/api/alerts/${ALERT_ID}/snooze`, { body: { by: 'dr-b', forMinutes: 30 } })).status,
    ).toBe(202);
    expect((await ask(gateway, `/api/alerts/${ALERT_ID}/resolve`)).status).toBe(202);
    const commands = await commandsOn(log);
    expect(commands).toMatchObject([
      { commandId: 'c-1', alertId: ALERT_ID, action: 'acknowledge', by: 'dr-a', why: 'on my way' },
      { action: 'snooze', by: 'dr-b' },
      { action: 'resolve', by: 'dr-a' },
    ]);
    expect(commands[1]!.untilMs! - 30 * 60_000).toBeGreaterThanOrEqual(beforeMs);
    expect(new Set(commands.map(({ commandId }) => commandId)).size).toBe(3);
  });

  it('are snoozed for as long as was asked, however old the newest record on the log is', async () => {
    const nowMs = Date.now();
    const log = await newLog(undefined, nowMs);
    await log.append(TOPICS.bedsideEvents, [heardRecord('s-1', (nowMs - START_MS) / 60_000 - 180)]);
    await append(log, madeAlert({ changedAtMs: nowMs, firedAtMs: nowMs }));
    const gateway = await start(log);
    await gateway.caughtUp;
    const { clockMs } = await (await watching(gateway)).until('alerts', ({ state }) => state === 'current');
    expect(clockMs).toBe(nowMs - 180 * 60_000);
    await ask(gateway, `/api/alerts/${ALERT_ID}/snooze`, { body: { by: 'dr-b', forMinutes: 30 } });
    const [{ atMs, untilMs }] = (await commandsOn(log)) as [AlertCommand];
    expect(untilMs! - atMs).toBe(30 * 60_000);
  });

  it('that are as asked already are left so, and resolved ones stay resolved', async () => {
    const { log, gateway, client } = await withAlert();
    await append(log, madeAlert({ sequence: 3, state: 'acknowledged' }));
    await client.until('alerts', ({ alerts }) => alerts[0]?.state === 'acknowledged');
    const again = await ask(gateway, `/api/alerts/${ALERT_ID}/acknowledge`);
    expect([again.status, alertOrderResponseSchema.parse(again.json).outcome]).toEqual([200, 'already']);
    await append(log, madeAlert({ sequence: 4, state: 'resolved', resolution: 'recovered' }));
    await client.until('alerts', ({ alerts }) => alerts[0]?.state === 'resolved');
    expect((await ask(gateway, `/api/alerts/${ALERT_ID}/resolve`)).status).toBe(200);
    expect((await ask(gateway, `/api/alerts/${ALERT_ID}/acknowledge`)).status).toBe(409);
    expect(await commandsOn(log)).toEqual([]);
  });
});

describe('commands that are turned away', () => {
  it.each<[string, number, string, Asked]>([
    ['an unknown alert', 404, `/api/alerts/${alertIdOf('z')}/acknowledge`, {}],
    ['an unknown action', 404, `/api/alerts/${ALERT_ID}/silence`, {}],
    ['nobody who asks', 400, `/api/alerts/${ALERT_ID}/acknowledge`, { body: {} }],
    ['a snooze without an end', 400, `/api/alerts/${ALERT_ID}/snooze`, {}],
    ['an end without a snooze', 400, `/api/alerts/${ALERT_ID}/resolve`, { body: { by: 'a', forMinutes: 5 } }],
    ['a field too many', 400, `/api/alerts/${ALERT_ID}/resolve`, { body: { by: 'a', patient: 'x' } }],
    ['what is no JSON', 400, `/api/alerts/${ALERT_ID}/resolve`, { body: '{' }],
    ['a body too large', 400, `/api/alerts/${ALERT_ID}/resolve`, { body: { by: 'a', why: 'x'.repeat(5_000) } }],
    ['the form of another site', 400, `/api/alerts/${ALERT_ID}/resolve`, { headers: { 'content-type': 'text/plain' } }],
    ['another origin', 403, `/api/alerts/${ALERT_ID}/resolve`, { headers: { origin: 'https://evil.example' } }],
    [
      'a browser that says that another site asks',
      403,
      `/api/alerts/${ALERT_ID}/resolve`,
      { headers: { 'sec-fetch-site': 'cross-site' } },
    ],
    [
      'a page of another port on this machine',
      403,
      `/api/alerts/${ALERT_ID}/resolve`,
      { headers: { 'sec-fetch-site': 'same-site' } },
    ],
  ])('%s', async (_what, status, path, asked) => {
    const { log, gateway } = await withAlert();
    const answer = await ask(gateway, path, asked);
    expect(httpProblemSchema.safeParse(answer.json).success).toBe(true);
    expect(answer.status).toBe(status);
    expect(await commandsOn(log)).toEqual([]);
  });

  it('whoever does not know the token', async () => {
    const log = await newLog();
    const gateway = await start(log, { token: 'sixteen-letters-x' });
    expect((await ask(gateway, `/api/alerts/${ALERT_ID}/resolve`)).status).toBe(401);
    expect((await ask(gateway, '/api/alerts', { method: 'GET' })).status).toBe(401);
    const headers = { authorization: 'Bearer sixteen-letters-x' };
    expect((await ask(gateway, '/api/alerts', { method: 'GET', headers })).status).toBe(200);
  });

  it('what the log does not take', async () => {
    const log = await newLog([TOPICS.alerts]);
    await append(log, madeAlert());
    const gateway = await start(log);
    await (await watching(gateway)).until('alerts', ({ state }) => state === 'current');
    const answer = await ask(gateway, `/api/alerts/${ALERT_ID}/resolve`);
    expect([answer.status, httpProblemSchema.parse(answer.json).code]).toEqual([503, 'log-unavailable']);
  });
});
