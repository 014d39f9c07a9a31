import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createMetrics, HealthRegistry, ServiceLogger } from '#service';
import { MemoryBroker, MemoryEventLog } from '#stream';
import { modelResponseSchema, topicLayout, TOPICS } from '#wire';
import { FixedHistory } from '../../../../test/support/live/fixed-history.js';
import { answeringApp, type AnsweringApp } from '../../../../test/support/model/answering-app.js';
import { createGateway, type Gateway } from '../create-gateway.js';

const ID = '20260115-120000';
const PAGE = '<!doctype html><title>Training</title>';

let log: MemoryEventLog;
let trainer: AnsweringApp;
let gateway: Gateway;

beforeEach(async () => {
  log = new MemoryEventLog(new MemoryBroker(() => 0));
  await log.ensureTopics([TOPICS.bedsideEvents, TOPICS.riskScores].map((name) => topicLayout(name, 1)));
  trainer = await answeringApp({
    [`/trainings/${ID}/report`]: (response) =>
      void response.writeHead(200, { 'content-security-policy': 'script-src *', 'set-cookie': 'a=b' }).end(PAGE),
  });
  gateway = await createGateway({
    ...{ log, history: new FixedHistory([]), health: new HealthRegistry() },
    logger: new ServiceLogger({ service: 'gateway', level: 'silent' }),
    metrics: createMetrics({ service: 'gateway', processMetrics: false }),
    options: { port: 0, dashboardFolder: 'no-such-folder', trainer: { url: trainer.url } },
    onFailure: (error) => {
      throw error;
    },
  });
});

afterEach(async () => {
  await gateway.close();
  await trainer.close();
  await log.close();
});

const get = (path: string): Promise<Response> => fetch(`${gateway.url}${path}`);

describe('the model over HTTP', () => {
  it('is answered whole, whatever is away', async () => {
    const response = await get('/api/model');
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const { disclaimer, releases, drift } = modelResponseSchema.parse(await response.json());
    expect(disclaimer).toBe('Research software, not a medical device.');
    expect([releases, drift]).toEqual([
      { unavailable: expect.stringContaining('No registry is configured') },
      { unavailable: 'The trainer answered 404.' },
    ]);
  });

  it('passes a report on as an inert page: only its text is the trainer’s', async () => {
    const response = await get(`/api/trainings/${ID}/report`);
    expect(await response.text()).toBe(PAGE);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = response.headers.get('content-security-policy')!.split('; ');
    expect(policy).toEqual(expect.arrayContaining(["default-src 'none'", 'sandbox', "frame-ancestors 'none'"]));
    expect(policy.filter((rule) => rule.startsWith('script-src'))).toEqual([]);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('set-cookie')).toBeNull();
  });

  it.each([
    ['a training that is not known', `/api/trainings/20260115-120001/report`, 404, 'not-found'],
    ['a path that leads elsewhere', `/api/trainings/${encodeURIComponent('../drift?')}/report`, 400, 'bad-request'],
  ])('refuses %s', async (_, path, status, code) => {
    const response = await get(path);
    expect([response.status, await response.json()]).toEqual([status, expect.objectContaining({ code })]);
  });

  it('says that the trainer is away', async () => {
    await trainer.close();
    const response = await get(`/api/trainings/${ID}/report`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      code: 'trainer-unavailable',
      message: 'the trainer cannot be reached',
    });
  });
});
