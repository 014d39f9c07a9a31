import { afterEach, describe, expect, it } from '@jest/globals';
import { RegistryClient, RegistryError } from '#registry';
import { ServiceLogger, SettingsError } from '#service';
import { MemoryBroker, MemoryEventLog } from '#stream';
import {
  decodeData,
  modelReleaseSchema,
  RELEASE_ASSIGNMENTS_KEY,
  releaseAssignmentsSchema,
  TOPICS,
  type ModelRelease,
  type ReleaseAssignments,
} from '#wire';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../../../test/support/temporary-folder.js';
import { untrainedRelease, type UntrainedOptions } from '../../../test/support/untrained-release.js';
import { createRegistry, type RegistryOptions, type RunningRegistry } from './create-registry.js';

const given = { by: 'ada', why: 'spec' };
const open: (() => PromiseLike<unknown>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function folder(): Promise<string> {
  const made = await temporaryFolder();
  open.push(() => made[Symbol.asyncDispose]());
  return made.path;
}

async function bundle(options: UntrainedOptions): Promise<string> {
  const made = await untrainedRelease(options);
  open.push(() => made[Symbol.asyncDispose]());
  return made.path;
}

function newLog(): MemoryEventLog {
  const log = new MemoryEventLog(new MemoryBroker(() => 0));
  open.push(() => log.close());
  return log;
}

async function start(
  options: Pick<RegistryOptions, 'log' | 'directory'> & Partial<RegistryOptions>,
): Promise<RunningRegistry> {
  const registry = await createRegistry({
    logger: new ServiceLogger({ service: 'spec', level: 'silent' }),
    http: { host: '127.0.0.1', port: 0 },
    onFailure: (error) => {
      throw error;
    },
    ...options,
  });
  open.push(() => registry.stop());
  return registry;
}

/** What the topic says, as whoever reads it to its end takes it. */
async function topic(log: MemoryEventLog): Promise<{ releases: ModelRelease[]; assignments?: ReleaseAssignments }> {
  const newest = new Map<string, Uint8Array | null>();
  for await (const { key, value } of log.readToEnd(TOPICS.modelReleases)) newest.set(key, value);
  const assignments = decodeData(releaseAssignmentsSchema, newest.get(RELEASE_ASSIGNMENTS_KEY) ?? null);
  newest.delete(RELEASE_ASSIGNMENTS_KEY);
  const releases = [...newest.values()]
    .filter((value) => value !== null)
    .map((value) => decodeData(modelReleaseSchema, value));
  return {
    releases: releases.map((release) => {
      if (!release.ok) throw new Error(release.problem);
      return release.data;
    }),
    ...(assignments.ok && { assignments: assignments.data }),
  };
}

async function post(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<[number, { code: string; message: string }]> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return [response.status, (await response.json()) as { code: string; message: string }];
}

describe('a registry', () => {
  it('makes the first release champion and publishes every transition, one record for all that score', async () => {
    const log = newLog();
    const [one, two] = [await bundle({ releaseId: 'one' }), await bundle({ releaseId: 'two', intercept: 1 })];
    const registry = await start({ log, directory: await folder(), firstRelease: one });
    expect(await topic(log)).toMatchObject({
      releases: [{ releaseId: 'one', state: 'champion', location: `${registry.url}/releases/one` }],
      assignments: { champion: { releaseId: 'one', pinned: false }, shadows: [] },
    });
    const client = new RegistryClient({ url: registry.url });
    await client.add(two, { ...given, evidence: { trained: true } });
    await client.shadow('two', { ...given, share: 0.25 });
    expect((await topic(log)).assignments).toMatchObject({ shadows: [{ releaseId: 'two', share: 0.25 }] });
    await client.promote('two', { ...given, automatic: true });
    await client.pin('two', { ...given, pinned: true });
    const { releases, assignments } = await topic(log);
    expect(releases.map(({ releaseId, state }) => [releaseId, state])).toEqual([
      ['one', 'retired'],
      ['two', 'champion'],
    ]);
    expect(assignments).toMatchObject({ champion: { releaseId: 'two', pinned: true }, shadows: [] });
    expect(await client.rollback(given)).toMatchObject({ releaseId: 'one', state: 'champion' });
    expect((await topic(log)).assignments).toMatchObject({ champion: { releaseId: 'one', pinned: false } });
    expect((await fetch(`${registry.url}/health/ready`)).status).toBe(200);
    const metrics = await (await fetch(`${registry.url}/metrics`)).text();
    expect(metrics).toContain('vigil_registry_releases{state="champion",app="registry"} 1');
  });

  it('gives the bytes of a bundle, its decisions and their evidence', async () => {
    const one = await bundle({ releaseId: 'one' });
    const { url, desk } = await start({ log: newLog(), directory: await folder(), firstRelease: one });
    await desk.pin('one', { ...given, pinned: true, evidence: { note: 7 } });
    const bytes = await (await fetch(`${url}/releases/one/files/risk.onnx`)).arrayBuffer();
    expect(Buffer.from(bytes)).toEqual(await readFile(join(one, 'risk.onnx')));
    const { decisions, files } = (await (await fetch(`${url}/releases/one`)).json()) as {
      decisions: { action: string; evidence?: string }[];
      files: { name: string }[];
    };
    expect(decisions.map(({ action }) => action)).toEqual(['added', 'promoted', 'pinned']);
    const journal = (await (await fetch(`${url}/decisions`)).json()) as { decisions: object[] };
    expect(journal.decisions).toEqual(decisions.toReversed());
    expect(files.map(({ name }) => name)).toContain('weights.safetensors');
    expect(await (await fetch(`${url}/evidence/${decisions[2]!.evidence}`)).json()).toEqual({ note: 7 });
    expect((await fetch(`${url}/evidence/${'a'.repeat(64)}`)).status).toBe(400);
    for (const evidence of ['<script>alert(1)</script>', null]) {
      await desk.pin('one', { ...given, pinned: evidence === null, evidence });
      const { decisions: more } = (await (await fetch(`${url}/decisions`)).json()) as typeof journal;
      const answer = await fetch(`${url}/evidence/${(more[0] as { evidence: string }).evidence}`);
      expect(answer.headers.get('content-type')).toContain('application/json');
      expect(await answer.json()).toEqual(evidence);
    }
    expect((await fetch(`${url}/releases/one/files/..%2F..%2Fjournal.ndjson`)).status).toBe(400);
    expect((await fetch(`${url}/releases/two`)).status).toBe(404);
  });

  it('publishes at its start what a crash left out', async () => {
    const log = newLog();
    const directory = await folder();
    const one = await bundle({ releaseId: 'one' });
    const failures: Error[] = [];
    const first = await start({ log, directory, firstRelease: one, onFailure: (error) => failures.push(error) });
    const append = log.append.bind(log);
    log.append = () => Promise.reject(new Error('the broker is away'));
    await expect(first.desk.pin('one', { ...given, pinned: true })).rejects.toMatchObject({ code: 'unavailable' });
    expect(failures).toHaveLength(1);
    expect((await fetch(`${first.url}/health/ready`)).status).toBe(503);
    expect((await topic(log)).assignments).toMatchObject({ champion: { pinned: false } });
    log.append = append;
    await open.pop()!();
    await start({ log, directory, firstRelease: one });
    expect((await topic(log)).assignments).toMatchObject({ champion: { releaseId: 'one', pinned: true } });
  });

  it("refuses to replace another store's topic unless told to", async () => {
    const log = newLog();
    const http = { host: '127.0.0.1', port: 0, publicUrl: 'http://registry:3030' };
    await start({ log, http, directory: await folder(), firstRelease: await bundle({ releaseId: 'one' }) });
    const other = { log, http, directory: await folder(), firstRelease: await bundle({ releaseId: 'two' }) };
    await expect(start(other)).rejects.toThrow(/names releases that this store does not hold \(one\)/);
    await start({ ...other, replaceTopic: true });
    const { releases, assignments } = await topic(log);
    expect(releases).toMatchObject([{ releaseId: 'two', location: 'http://registry:3030/releases/two' }]);
    expect(assignments).toMatchObject({ champion: { releaseId: 'two' } });
  });
});

describe('retention', () => {
  const DAY_MS = 86_400_000;

  /** Three releases, champion one after the other, on a clock that is moved by hand. */
  async function threeChampions(retention: RegistryOptions['retention']) {
    const time = { nowMs: Date.UTC(2026, 0, 1), everyMs: 0, pass: (): void => undefined };
    const options = {
      ...{ log: newLog(), directory: await folder(), clock: () => time.nowMs },
      firstRelease: await bundle({ releaseId: 'one' }),
      every: (everyMs: number, pass: () => void) => {
        Object.assign(time, { everyMs, pass });
        return () => undefined;
      },
    };
    const bundles = [
      await bundle({ releaseId: 'two', intercept: 1 }),
      await bundle({ releaseId: 'three', intercept: 2 }),
    ];
    const registry = await start({ ...options, ...(retention && { retention }) });
    for (const path of bundles) {
      const { releaseId } = await registry.desk.add(path, given);
      await registry.desk.promote(releaseId, { ...given, force: true });
    }
    return { time, options, registry };
  }

  async function statuses({ url }: RunningRegistry): Promise<number[]> {
    const of = async (id: string) => (await fetch(`${url}/releases/${id}/files/risk.onnx`)).status;
    return Promise.all(['one', 'two', 'three'].map(of));
  }

  it('removes every day what was retired long ago, keeps its record, and answers 410 for its files', async () => {
    const { time, options, registry } = await threeChampions({ days: 90, champions: 1 });
    const dayPasses = async (): Promise<void> => {
      time.pass();
      // one order after the other: when this one has been refused, the bundles are gone
      await expect(registry.desk.retire('one', given)).rejects.toMatchObject({ code: 'illegal-transition' });
    };
    expect(time.everyMs).toBe(DAY_MS);
    time.nowMs += 90 * DAY_MS;
    await dayPasses();
    expect(await statuses(registry)).toEqual([200, 200, 200]);
    time.nowMs += 1;
    await dayPasses();
    expect(await statuses(registry)).toEqual([410, 200, 200]);
    const answer = await (await fetch(`${registry.url}/releases/one/files/risk.onnx`)).json();
    expect(answer).toEqual({
      code: 'gone',
      message: expect.stringContaining('bundle of one was removed on 2026-04-01'),
    });
    const one = (await (await fetch(`${registry.url}/releases/one`)).json()) as { decisions: object[] };
    expect(one).toMatchObject({ release: { state: 'retired', bundleGoneAtMs: time.nowMs } });
    expect(one.decisions.at(-1)).toMatchObject({ action: 'discarded', why: 'retired for more than 90 days' });
    const { releases } = await topic(options.log);
    expect(releases.find(({ releaseId }) => releaseId === 'one')!.why).toBe('retired for more than 90 days');
  });

  it('is applied at the start, too; 0 days keep all, and five champions stay unless fewer are asked for', async () => {
    const { time, options, registry } = await threeChampions({ days: 0, champions: 1 });
    time.nowMs += 1_000 * DAY_MS;
    time.pass();
    await expect(registry.desk.retire('one', given)).rejects.toMatchObject({ code: 'illegal-transition' });
    expect(await statuses(registry)).toEqual([200, 200, 200]);
    await open.pop()!();
    expect(await statuses(await start(options))).toEqual([200, 200, 200]);
    await open.pop()!();
    expect(await statuses(await start({ ...options, retention: { days: 90, champions: 1 } }))).toEqual([410, 200, 200]);
  });
});

describe('what is refused', () => {
  it('has a code, a sentence and a status', async () => {
    const one = await bundle({ releaseId: 'one' });
    const { url } = await start({ log: newLog(), directory: await folder(), firstRelease: one });
    const bad = async (path: string, body: unknown): Promise<unknown[]> => {
      const [status, problem] = await post(`${url}${path}`, body);
      return [status, problem.code];
    };
    expect(await bad('/rollback', given)).toEqual([409, 'illegal-transition']);
    expect(await bad('/rollback', {})).toEqual([400, 'bad-request']);
    expect(await bad('/rollback', '{')).toEqual([400, 'bad-request']);
    expect(await bad('/releases/one/retire', given)).toEqual([409, 'illegal-transition']);
    expect(await bad('/releases/two/promote', given)).toEqual([404, 'unknown-release']);
    expect(await bad('/releases/one/shadow', { ...given, share: 2 })).toEqual([400, 'bad-request']);
    expect(await bad('/releases/one/pin', { ...given, pined: true })).toEqual([400, 'bad-request']);
    expect(await bad('/releases', { ...given, path: '/nowhere' })).toEqual([400, 'bad-bundle']);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain('vigil_registry_refusals_total{code="illegal-transition",app="registry"} 2');
  });

  it('is what no path and no JSON of any depth turns into a failure of the registry', async () => {
    const { url } = await start({ log: newLog(), directory: await folder(), firstRelease: undefined });
    for (const path of ['/releases/%E0%A4%A', '/releases/one/files/%', '/evidence/%C3'])
      expect((await fetch(`${url}${path}`)).status).toBe(400);
    const deep = `{"by":"ada","why":"spec","evidence":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    expect(await post(`${url}/rollback`, deep)).toEqual([
      400,
      { code: 'bad-request', message: expect.stringContaining('nested') },
    ]);
  });

  it('says why a tar is not taken while it is still being sent', async () => {
    const { url } = await start({ log: newLog(), directory: await folder(), firstRelease: undefined });
    const response = await fetch(`${url}/releases?by=ada&why=spec`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-tar' },
      body: Buffer.alloc(300_000, 'x'),
    });
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([400, 'bad-bundle']);
  });

  it('is whoever has no token, beyond loopback', async () => {
    const log = newLog();
    const directory = await folder();
    const firstRelease = await bundle({ releaseId: 'one' });
    const http = { host: '0.0.0.0', port: 0 };
    await expect(start({ log, directory, firstRelease, http })).rejects.toThrow(SettingsError);
    const token = 'a-token-of-some-length';
    const running = await start({ log, directory, firstRelease, http: { ...http, token } });
    const url = `http://127.0.0.1:${new URL(running.url).port}`;
    const stranger = new RegistryClient({ url });
    await expect(stranger.releases()).rejects.toMatchObject({ code: 'unauthorised' });
    await expect(stranger.rollback(given)).rejects.toThrow(RegistryError);
    expect((await fetch(`${url}/releases/one/files/risk.onnx`)).status).toBe(401);
    expect((await fetch(`${url}/decisions`)).status).toBe(401);
    const known = new RegistryClient({ url, token });
    expect(await known.releases()).toMatchObject([{ releaseId: 'one' }]);
    const [status, problem] = await post(
      `${url}/releases`,
      { ...given, path: firstRelease },
      { authorization: `Bearer ${token}` },
    );
    expect([status, problem.message]).toEqual([400, expect.stringContaining('loopback address only')]);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
  });

  it('is a page of another origin', async () => {
    const { url } = await start({ log: newLog(), directory: await folder(), firstRelease: undefined });
    expect((await post(`${url}/rollback`, given, { origin: 'http://evil.example' }))[0]).toBe(403);
  });
});
