import { afterEach, describe, expect, it } from '@jest/globals';
import { HistoryError, HistoryStore, type HistoryPoint } from '#history';
import { createMetrics, HealthRegistry, ServiceLogger } from '#service';
import { MemoryBroker, MemoryEventLog } from '#stream';
import { httpProblemSchema, topicLayout, TOPICS } from '#wire';
import { alertIdOf, alertRecord, madeAlert } from '../../../../test/support/delivery/made-alert.js';
import { FixedHistory } from '../../../../test/support/live/fixed-history.js';
import { LiveTestClient } from '../../../../test/support/live/live-test-client.js';
import { createGateway, type Gateway } from '../create-gateway.js';

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

class HistoryThatIsAway extends HistoryStore {
  async write(): Promise<void> {}

  async *read(): AsyncIterable<HistoryPoint> {
    throw new HistoryError('InfluxDB did not answer the query: unable to authorise "ward"', false);
  }

  async close(): Promise<void> {}
}

async function start(history: HistoryStore): Promise<{ gateway: Gateway; lines: Record<string, unknown>[] }> {
  const log = new MemoryEventLog(new MemoryBroker(() => madeAlert().changedAtMs));
  open.push(log);
  const topics = [TOPICS.bedsideEvents, TOPICS.riskScores, TOPICS.alerts];
  await log.ensureTopics(topics.map((name) => topicLayout(name, 1)));
  await log.append(TOPICS.alerts, [alertRecord(madeAlert())]);
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  const gateway = await createGateway({
    ...{ log, history, health: new HealthRegistry() },
    logger: new ServiceLogger({ service: 'gateway', level: 'warn', destination }),
    metrics: createMetrics({ service: 'gateway', processMetrics: false }),
    options: { port: 0, dashboardFolder: 'no-such-folder' },
    onFailure: (error) => {
      throw error;
    },
  });
  open.push(gateway);
  return { gateway, lines };
}

describe('what the gateway cannot do for others’ fault', () => {
  it('is said to the page in general, and to the operator with its reason: the history', async () => {
    const { gateway, lines } = await start(new HistoryThatIsAway());
    const answer = await fetch(`${gateway.url}/api/stays/s-17/trends`);
    const problem = httpProblemSchema.parse(await answer.json());
    expect([answer.status, problem.code]).toEqual([503, 'history-unavailable']);
    expect(problem.message).not.toContain('ward');
    expect(lines).toMatchObject([{ level: 40, error: expect.stringContaining('unable to authorise "ward"') }]);
    expect(JSON.stringify(lines)).not.toContain('s-17');
  });

  it('likewise: the log of commands, without a promise that nothing has changed', async () => {
    const { gateway, lines } = await start(new FixedHistory([]));
    const client = await LiveTestClient.open(gateway.url);
    open.push(client);
    client.send({ type: 'watch-alerts' });
    await client.until('alerts', ({ alerts }) => alerts.length === 1);
    const answer = await fetch(`${gateway.url}/api/alerts/${alertIdOf('a')}/resolve`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ by: 'dr-a' }),
    });
    const problem = httpProblemSchema.parse(await answer.json());
    expect([answer.status, problem.code]).toEqual([503, 'log-unavailable']);
    expect(problem.message).toContain('if it does not');
    expect(lines).toMatchObject([{ level: 40, code: 'topic-unknown' }]);
    expect(JSON.stringify(lines)).not.toMatch(/dr-a|s-1/);
  });
});
