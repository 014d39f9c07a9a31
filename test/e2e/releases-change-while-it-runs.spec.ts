import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { chmod, cp, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { MINUTE_MS } from '#clinical';
import { RegistryClient } from '#registry';
import { createRegistry, type RunningRegistry } from '#registry-app';
import { FollowedReleases, isInShadowShare, openWindowScorer, type RunningScorer } from '#scorer';
import { ServiceLogger } from '#service';
import { TOPICS } from '#wire';
import { recordedWard } from '../support/scorer/recorded-ward.js';
import { ScorerTrial, taken, until } from '../support/scorer/scorer-trial.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { untrainedRelease } from '../support/untrained-release.js';

const RECORDS = recordedWard(3, 9);
const SCORING = { scoreEveryMs: 15 * MINUTE_MS };
const given = { by: 'ada', why: 'spec' };
const logger = new ServiceLogger({ service: 'spec', level: 'silent' });
const open: (() => PromiseLike<unknown>)[] = [];

let one: Awaited<ReturnType<typeof untrainedRelease>>;
let two: typeof one;

beforeAll(async () => {
  one = await untrainedRelease({ releaseId: 'one', parity: true });
  two = await untrainedRelease({ releaseId: 'two', intercept: 1, parity: true });
});
afterAll(async () => {
  for (const release of [one, two]) await release[Symbol.asyncDispose]();
});
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function folder(): Promise<string> {
  const made = await temporaryFolder();
  open.push(() => made[Symbol.asyncDispose]());
  return made.path;
}

/** A registry with a first release, and a scorer that follows it. */
async function startBoth(location: 'http' | 'folder' = 'http') {
  const trial = new ScorerTrial(2);
  open.push(() => trial.close());
  const directory = await folder();
  const registry = await createRegistry({
    ...{ log: trial.writer, logger, directory, location, firstRelease: one.path, onFailure: raise },
    http: { host: '127.0.0.1', port: 0 },
  });
  open.push(() => registry.stop());
  const followed = await followReleases(trial);
  const http = { host: '127.0.0.1', port: 0 };
  const scorer = await trial.start({ scorer: followed, scoring: SCORING, http });
  open.push(() => scorer.stop());
  return { trial, registry, followed, scorer, directory };
}

async function followReleases(trial: ScorerTrial): Promise<FollowedReleases> {
  const followed = await FollowedReleases.open({
    ...{ log: trial.writer, logger, cacheDirectory: await folder(), engine: 'onnx-cpu' },
  });
  open.push(() => followed.close());
  return followed;
}

const known = new Map<string, Map<string, string>>();

/** Scores of all records by one release that never changes. */
async function scoresBy(path: string): Promise<Map<string, string>> {
  const before = known.get(path);
  if (before) return before;
  const trial = new ScorerTrial(2);
  const model = await openWindowScorer({ bundleDirectory: path, engine: 'onnx-cpu', logger });
  const scorer = await trial.start({ scorer: model, scoring: SCORING });
  await trial.append(RECORDS);
  await taken(scorer, RECORDS.length);
  const scores = await trial.scores();
  known.set(path, scores);
  await scorer.stop();
  await model.close();
  await trial.close();
  return scores;
}

/** Appends records bit by bit, the loop turning between, until all are there. */
async function stream(trial: ScorerTrial, from: number, to: number): Promise<void> {
  for (let next = from; next < to; next += 20) {
    await trial.append(RECORDS.slice(next, Math.min(next + 20, to)));
    await turn();
  }
}

function live({ releases }: RunningScorer): string {
  return releases().live.releaseId;
}

function dueKeys(ids: Iterable<string>): string[] {
  return [...ids].map((id) => id.slice(0, id.lastIndexOf('|'))).sort();
}

function raise(error: Error): never {
  throw error;
}

describe('releases that change under a running stream', () => {
  it('lose no score, mix none, shadow their share, and roll back within seconds', async () => {
    const { trial, registry, followed, scorer } = await startBoth();
    const client = new RegistryClient({ url: registry.url });
    await client.add(two.path, given);
    await client.shadow('two', { ...given, share: 0.5 });
    await until(() => scorer.releases().shadows.length === 1);
    const third = Math.floor(RECORDS.length / 3);
    await stream(trial, 0, third);
    await taken(scorer, third);
    await until(() => scorer.shadows().waiting === 0);
    expect(scorer.shadows()).toMatchObject({ failed: 0, abandoned: 0 });
    const switching = client.promote('two', { ...given, automatic: true });
    await stream(trial, third, 2 * third);
    await switching;
    await until(() => live(scorer) === 'two');
    expect(scorer.releases()).toMatchObject({ shadows: [], alarms: [], switches: 1, parity: { passed: 3, failed: 0 } });
    const askedMs = performance.now();
    const rolling = client.rollback(given);
    await stream(trial, 2 * third, RECORDS.length);
    await rolling;
    await until(() => live(scorer) === 'one');
    expect(performance.now() - askedMs).toBeLessThan(10_000);
    await taken(scorer, RECORDS.length);
    await followed.atRest();
    const scores = await trial.scores();
    const [byOne, byTwo] = [await scoresBy(one.path), await scoresBy(two.path)];
    expect(dueKeys(scores.keys())).toEqual(dueKeys(byOne.keys()));
    for (const [id, text] of scores) expect(text).toBe(byOne.get(id) ?? byTwo.get(id));
    expect(new Set([...scores.keys()].map((id) => id.split('|').at(-1)))).toEqual(new Set(['one', 'two']));
    const shadowed = await trial.scores(TOPICS.shadowScores);
    expect(shadowed.size).toBeGreaterThan(10);
    for (const [id, text] of shadowed) {
      const [stayId, dueAtMs] = id.split('|');
      expect(isInShadowShare(stayId!, Number(dueAtMs), 0.5)).toBe(true);
      expect(text).toBe(byTwo.get(id));
    }
  });

  it('start again with the champion of the log, and compute nothing again that another release has scored', async () => {
    const { trial, registry, scorer } = await startBoth();
    await registry.desk.add(two.path, given);
    const half = Math.floor(RECORDS.length / 2);
    await stream(trial, 0, half);
    await taken(scorer, half);
    const before = await trial.scores();
    await scorer.crash();
    await registry.desk.promote('two', { ...given, force: true });
    const second = await followReleases(trial);
    const again = await trial.start({ scorer: second, scoring: SCORING });
    expect(live(again)).toBe('two');
    await trial.append(RECORDS.slice(half));
    await taken(again, RECORDS.length);
    expect(again.tally().windows.outcomes['already-published']).toBe(before.size);
    const after = [...(await trial.scores()).keys()].filter((id) => !before.has(id));
    expect(after.every((id) => id.endsWith('|two'))).toBe(true);
    expect(dueKeys([...before.keys(), ...after])).toEqual(dueKeys((await scoresBy(one.path)).keys()));
    await again.stop();
    await second.close();
  });
});

describe('a release that is not in order', () => {
  /** Promotes a release by force and waits until the scorer has said that it stays out. */
  async function promoteBad(scorer: RunningScorer, registry: RunningRegistry, releaseId: string) {
    await registry.desk.promote(releaseId, { ...given, force: true });
    await until(() => scorer.releases().alarms.length > 0);
    expect(live(scorer)).toBe('one');
    const [alarm] = scorer.releases().alarms;
    expect(alarm).toMatchObject({ role: 'champion', releaseId, triedAgain: false });
    return alarm!.reason;
  }

  it('stays out when a byte of its bundle was changed; the old one goes on, and a roll-back ends the alarm', async () => {
    const { trial, registry, scorer, directory } = await startBoth('folder');
    await registry.desk.add(two.path, given);
    const { digest } = (await registry.desk.releases()).at(-1)!;
    const path = join(directory, 'bundles', digest, 'risk.onnx');
    const bytes = await readFile(path);
    bytes[100]! ^= 1;
    await chmod(path, 0o644);
    await writeFile(path, bytes);
    expect(await promoteBad(scorer, registry, 'two')).toContain('risk.onnx has SHA-256');
    const ready = await (await fetch(`${scorer.url}/health/ready`)).text();
    expect(ready).toContain('two stays out');
    const metrics = await (await fetch(`${scorer.url}/metrics`)).text();
    expect(metrics).toContain('vigil_release_stays_out{role="champion",app="scorer"} 1');
    expect(await (await fetch(`${scorer.url}/releases`)).json()).toMatchObject({
      ...{ live: { releaseId: 'one' }, champion: { releaseId: 'two' }, follows: true },
    });
    await stream(trial, 0, 300);
    await taken(scorer, 300);
    const ids = [...(await trial.scores()).keys()];
    expect(ids.length).toBeGreaterThan(10);
    expect(ids.every((id) => id.endsWith('|one'))).toBe(true);
    await registry.desk.rollback(given);
    await until(() => scorer.releases().alarms.length === 0);
    expect(scorer.releases()).toMatchObject({ live: { releaseId: 'one' }, champion: { releaseId: 'one' } });
  });

  it('stays out when this machine computes another risk than was recorded', async () => {
    const { registry, scorer } = await startBoth();
    const path = join(await folder(), 'two');
    await cp(two.path, path, { recursive: true });
    await recordAnotherRisk(path);
    await registry.desk.add(path, given);
    expect(await promoteBad(scorer, registry, 'two')).toContain('the recorded window has a risk that differs by');
    expect(scorer.releases().parity.failed).toBe(1);
  });

  it('is tried again while the place of its bundle does not answer, and a later decision is not kept waiting', async () => {
    const { registry, scorer, directory } = await startBoth('folder');
    await registry.desk.add(two.path, given);
    const { digest } = (await registry.desk.releases()).at(-1)!;
    const away = join(directory, 'bundles', digest, 'risk.onnx');
    await rename(away, `${away}.away`);
    await registry.desk.promote('two', { ...given, force: true });
    await until(() => scorer.releases().alarms.length > 0);
    expect(scorer.releases().alarms).toMatchObject([{ releaseId: 'two', triedAgain: true }]);
    await rename(`${away}.away`, away);
    await registry.desk.pin('two', { ...given, pinned: true });
    await until(() => live(scorer) === 'two');
    expect(scorer.releases().alarms).toEqual([]);
  });
});

/** Puts another risk into a bundle's parity case, its digest in the manifest. */
async function recordAnotherRisk(path: string): Promise<void> {
  const parity = JSON.parse(await readFile(join(path, 'parity.json'), 'utf8')) as { expected: { median: number } };
  parity.expected.median += 0.01;
  const text = JSON.stringify(parity);
  await writeFile(join(path, 'parity.json'), text);
  const manifest = JSON.parse(await readFile(join(path, 'manifest.json'), 'utf8')) as { files: Record<string, string> };
  manifest.files['parity.json'] = createHash('sha256').update(text).digest('hex');
  await writeFile(join(path, 'manifest.json'), JSON.stringify(manifest));
}
