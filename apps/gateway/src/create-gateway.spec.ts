import { afterEach, describe, expect, it } from '@jest/globals';
import { MINUTE_MS } from '#clinical';
import { createMetrics, HealthRegistry, ServiceLogger } from '#service';
import { MemoryBroker, MemoryEventLog } from '#stream';
import { stayResponseSchema, TOPICS, trendsResponseSchema, wardsResponseSchema } from '#wire';
import { FixedHistory } from '../../../test/support/live/fixed-history.js';
import { LiveTestClient } from '../../../test/support/live/live-test-client.js';
import {
  ADMITTED_AT_MS,
  admission,
  bedsideRecord,
  observation,
  score,
  scoreRecord,
} from '../../../test/support/live/made-events.js';
import { createGateway, type Gateway, type GatewayParts } from './create-gateway.js';
import type { GatewayOptions } from './gateway-options.js';

const at = (minutes: number): number => ADMITTED_AT_MS + minutes * MINUTE_MS;
const SUBSCRIBE_ALL = { type: 'subscribe', subscription: 's', target: { kind: 'all' } };

const open: { close(): Promise<void> | void }[] = [];

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function newLog(): Promise<MemoryEventLog> {
  const log = new MemoryEventLog(new MemoryBroker(() => ADMITTED_AT_MS));
  const retentionMs = 7 * 24 * 60 * MINUTE_MS;
  const names = [TOPICS.bedsideEvents, TOPICS.riskScores];
  await log.ensureTopics(names.map((name) => ({ name, partitions: 3, cleanup: 'delete', retentionMs })));
  open.push(log);
  return log;
}

async function start(
  log: MemoryEventLog,
  options: GatewayOptions = {},
  parts: Partial<GatewayParts> = {},
): Promise<Gateway> {
  const gateway = await createGateway({
    log,
    history: new FixedHistory([]),
    logger: new ServiceLogger({ service: 'gateway', level: 'silent' }),
    metrics: createMetrics({ service: 'gateway', processMetrics: false }),
    health: new HealthRegistry(),
    options: { port: 0, dashboardFolder: 'no-such-folder', ...options },
    onFailure: (error) => {
      throw error;
    },
    ...parts,
  });
  open.push(gateway);
  return gateway;
}

async function connect(
  gateway: Gateway,
  ...rest: [] | [{ protocols?: string[]; origin?: string }]
): Promise<LiveTestClient> {
  const client = await LiveTestClient.open(gateway.url, ...rest);
  open.push(client);
  return client;
}

async function admit(log: MemoryEventLog, ...stays: string[]): Promise<void> {
  await log.append(
    TOPICS.bedsideEvents,
    stays.map((stayId) => bedsideRecord('admission', admission(stayId), at(0))),
  );
}

async function observeAt(log: MemoryEventLog, stayId: string, minute: number): Promise<void> {
  await log.append(TOPICS.bedsideEvents, [bedsideRecord('observation', observation(stayId, at(minute)), at(minute))]);
}

describe('a gateway', () => {
  it('shows what was on the log before it started, and then what comes', async () => {
    const log = await newLog();
    await admit(log, 'a', 'b');
    await observeAt(log, 'a', 10);
    await log.append(TOPICS.riskScores, [scoreRecord(score('a', at(10)))]);
    const gateway = await start(log);
    await gateway.caughtUp;
    const client = await connect(gateway);
    client.send(SUBSCRIBE_ALL);
    const snapshot = await client.next('snapshot');
    expect(snapshot.clockMs).toBe(at(10));
    expect(snapshot.beds.map(({ stayId, risk }) => [stayId, risk?.median]).sort()).toEqual([
      ['a', 0.2],
      ['b', undefined],
    ]);
    await observeAt(log, 'b', 12);
    await log.append(TOPICS.riskScores, [scoreRecord(score('b', at(12)))]);
    const update = await client.until('update', ({ beds }) =>
      beds.some(({ stayId, risk }) => stayId === 'b' && risk !== undefined),
    );
    expect(update.clockMs).toBe(at(12));
  });

  it('loses nothing that arrives while it starts', async () => {
    const log = await newLog();
    await admit(log, 'a');
    const gateway = await start(log);
    for (let minute = 1; minute <= 40; minute++) await observeAt(log, 'a', minute);
    await gateway.caughtUp;
    await observeAt(log, 'a', 41);
    const client = await connect(gateway);
    client.send({ ...SUBSCRIBE_ALL, target: { kind: 'stay', stayId: 'a' } });
    const first = await client.next('snapshot');
    if (first.beds[0]!.newestObservationAtMs !== at(41)) {
      await client.until('update', ({ beds }) => beds[0]?.newestObservationAtMs === at(41));
    }
    const body = await (await fetch(`${gateway.url}/metrics`)).text();
    expect(body).toMatch(/vigil_gateway_records_total\{topic="bedside-events",outcome="applied",app="gateway"\} 42/);
  });

  it('waits for topics that do not exist yet', async () => {
    const log = new MemoryEventLog();
    open.push(log);
    const gateway = await start(log);
    expect((await fetch(`${gateway.url}/health/ready`)).status).toBe(503);
    expect((await fetch(`${gateway.url}/health/live`)).status).toBe(200);
    expect((await (await connect(gateway)).next('hello')).feed.state).toBe('catching-up');
  });

  it('resumes a client that was away', async () => {
    const log = await newLog();
    await admit(log, 'a', 'b');
    const gateway = await start(log);
    await gateway.caughtUp;
    const first = await connect(gateway);
    const { epoch } = await first.next('hello');
    first.send(SUBSCRIBE_ALL);
    const { sequence } = await first.next('snapshot');
    await first.close();
    const watcher = await connect(gateway);
    watcher.send(SUBSCRIBE_ALL);
    await watcher.next('snapshot');
    await observeAt(log, 'b', 5);
    await watcher.until('update', ({ beds }) => beds.some(({ stayId }) => stayId === 'b'));
    const second = await connect(gateway);
    second.send({ ...SUBSCRIBE_ALL, since: { epoch, sequence } });
    expect((await second.next('resumed')).beds.map(({ stayId }) => stayId)).toEqual(['b']);
  });

  it('gives a client that did not read for a while the newest state, and holds little for it meanwhile', async () => {
    const log = await newLog();
    await admit(log, 'a');
    const gateway = await start(log, { limits: { gatherMs: 0, maxUnreadBytes: 65_536 } });
    await gateway.caughtUp;
    const target = { kind: 'stay', stayId: 'a' };
    const slow = await connect(gateway);
    slow.send({ ...SUBSCRIBE_ALL, target });
    await slow.next('snapshot');
    const quick = await connect(gateway);
    quick.send(SUBSCRIBE_ALL);
    await quick.next('snapshot');
    slow.socket.pause();
    const rounds = 150;
    for (let minute = 1; minute <= rounds; minute++) {
      const contributions = Array.from({ length: 5_000 }, () => ({ signal: 'heart-rate', logOdds: 0.25 }));
      await log.append(TOPICS.riskScores, [scoreRecord(score('a', at(minute), { contributions }))]);
      await quick.until('update', ({ beds }) => beds[0]?.eventTimeMs === at(minute));
    }
    slow.socket.resume();
    let frames = 0;
    const newest = await slow.until('update', ({ stays }) => ++frames > 0 && stays[0]?.score?.dueAtMs === at(rounds));
    expect(newest.beds).toHaveLength(1);
    expect(frames).toBeLessThan(rounds / 2);
  });

  it('says what was wrong with a frame and closes', async () => {
    const gateway = await start(await newLog());
    const client = await connect(gateway);
    client.sendText('{');
    expect((await client.next('error')).code).toBe('malformed-json');
    expect(await client.closed).toBe(4400);
  });

  it('closes without a word on a frame that is far too large', async () => {
    const client = await connect(await start(await newLog()));
    client.sendText('x'.repeat(40_000));
    expect(await client.closed).toBe(1009);
  });

  it('turns away pages of other origins and who has no token', async () => {
    const gateway = await start(await newLog(), { token: 'a-token-of-some-length' });
    const bearer = `vigil.bearer.${Buffer.from('a-token-of-some-length').toString('base64url')}`;
    await expect(LiveTestClient.open(gateway.url)).rejects.toThrow('401');
    await expect(LiveTestClient.open(gateway.url, { origin: 'http://evil.example' })).rejects.toThrow('403');
    const client = await connect(gateway, { protocols: ['vigil.live.v1', bearer] });
    await client.next('hello');
    expect((await fetch(`${gateway.url}/api/wards`)).status).toBe(401);
    expect((await fetch(`${gateway.url}/metrics`)).status).toBe(401);
    const headers = { authorization: 'Bearer a-token-of-some-length' };
    expect((await fetch(`${gateway.url}/api/wards`, { headers })).status).toBe(200);
    expect((await fetch(`${gateway.url}/health/live`)).status).toBe(200);
  });
});

describe('the HTTP interface', () => {
  it('gives wards, a stay and its trends as the schemas say', async () => {
    const log = await newLog();
    await admit(log, 'a');
    await observeAt(log, 'a', 10);
    await log.append(TOPICS.riskScores, [scoreRecord(score('a', at(8)))]);
    const point = { stayId: 'a', atMs: at(10), availableAtMs: at(10), value: 80 } as const;
    const history = new FixedHistory([{ kind: 'observation', ...point, signal: 'heart-rate', source: 'monitor' }]);
    const gateway = await start(log, {}, { history });
    await gateway.caughtUp;
    const get = async (path: string): Promise<unknown> => (await fetch(`${gateway.url}${path}`)).json();
    expect(wardsResponseSchema.parse(await get('/api/wards')).wards).toEqual([
      { site: 'north', ward: 'icu-1', beds: 1, byTechnicalState: { live: 1 } },
    ]);
    const stay = stayResponseSchema.parse(await get('/api/stays/a'));
    expect(stay).toMatchObject({
      ages: { observationMs: 0, scoreMs: 2 * MINUTE_MS },
      stay: { score: { releaseId: 'made-1' } },
    });
    const trends = trendsResponseSchema.parse(await get('/api/stays/a/trends?signals=heart-rate'));
    expect(trends).toMatchObject({ fromMs: at(0), toMs: at(10) + 1, signals: [{ points: [{ atMs: at(10) }] }] });
  });

  it('answers with a sentence and the headers that keep pages safe', async () => {
    const gateway = await start(await newLog());
    const unknown = await fetch(`${gateway.url}/api/stays/nobody`);
    expect([unknown.status, await unknown.json()]).toEqual([
      404,
      { code: 'not-found', message: expect.stringContaining('not known') },
    ]);
    expect(unknown.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(unknown.headers.get('x-content-type-options')).toBe('nosniff');
    expect(unknown.headers.get('cache-control')).toBe('no-store');
    expect(unknown.headers.get('x-powered-by')).toBeNull();
    const bad = await fetch(`${gateway.url}/api/stays/a/trends?signals=mood`);
    expect([bad.status, ((await bad.json()) as { code: string }).code]).toEqual([400, 'bad-request']);
    const nowhere = await fetch(`${gateway.url}/api/nowhere`);
    expect([nowhere.status, ((await nowhere.json()) as { code: string }).code]).toEqual([404, 'not-found']);
    expect(await (await fetch(gateway.url)).text()).toContain('not a medical device');
  });
});
