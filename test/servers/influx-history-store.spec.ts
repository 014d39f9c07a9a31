import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { InfluxHistoryStore, type ObservationPoint } from '#history';
import { describeHistoryStoreContract } from '../contract/history-store.contract.js';
import { requiredSetting } from './required-setting.js';

const server = new URL(requiredSetting('INFLUX_URL'));

/** A database of its own beside the one named. */
function urlOf(database: string): string {
  return Object.assign(new URL(server), { pathname: `/${database}` }).toString();
}

async function dropDatabase(database: string): Promise<void> {
  const headers = { authorization: `Basic ${btoa(`${server.username}:${server.password}`)}` };
  const query = new URLSearchParams({ q: `DROP DATABASE "${database}"` });
  const response = await fetch(new URL('/query', server.origin), { method: 'POST', body: query, headers });
  if (!response.ok) throw new Error(`the database ${database} could not be dropped: ${await response.text()}`);
}

describeHistoryStoreContract(
  'InfluxHistoryStore',
  async () => {
    const database = `contract_${randomUUID()}`;
    return {
      open: () => InfluxHistoryStore.open({ url: urlOf(database) }),
      destroy: () => dropDatabase(database),
    };
  },
  { ownClock: false },
);

const POINT: ObservationPoint = {
  kind: 'observation',
  stayId: 'stay',
  atMs: 1_000,
  availableAtMs: 1_000,
  signal: 'heart-rate',
  value: 80,
  source: 'monitor',
};

describe('InfluxHistoryStore in trouble', () => {
  it('says that it may be tried again when nobody answers', async () => {
    const refused = { name: 'HistoryError', retriable: true };
    await expect(InfluxHistoryStore.open({ url: 'http://127.0.0.1:9/vigil' })).rejects.toMatchObject(refused);
  });

  it.each([
    [503, true],
    [429, true],
    [400, false],
    [401, false],
  ])('tells by status %i whether a write may be tried again', async (status, retriable) => {
    const double = createServer((request, response) => {
      request.resume();
      const databases = { results: [{ series: [{ name: 'databases', columns: ['name'], values: [['vigil']] }] }] };
      if (request.url?.startsWith('/query')) response.end(JSON.stringify(databases));
      else response.writeHead(status).end('{"error":"no"}');
    });
    await new Promise<void>((resolve) => double.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${(double.address() as AddressInfo).port}/vigil`;
      const store = await InfluxHistoryStore.open({ url });
      await expect(store.write([POINT])).rejects.toMatchObject({ name: 'HistoryError', retriable });
    } finally {
      double.closeAllConnections();
      await new Promise((resolve) => double.close(resolve));
    }
  });

  it('takes points that its retention would drop, and keeps the others of their request', async () => {
    const database = `contract_${randomUUID()}`;
    const store = await InfluxHistoryStore.open({ url: urlOf(database), retentionMs: 86_400_000 });
    const young = { ...POINT, atMs: Date.now() - 1_000 };
    await store.write([POINT, young]);
    const found: unknown[] = [];
    const query = { stayId: 'stay', kind: 'observation', fromMs: 0, toMs: Number.MAX_SAFE_INTEGER } as const;
    for await (const point of store.read(query)) found.push(point);
    expect(found).toEqual([young]);
    await dropDatabase(database);
  });
});
