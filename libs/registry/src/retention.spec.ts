import { afterEach, describe, expect, it } from '@jest/globals';
import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../../../test/support/temporary-folder.js';
import { untrainedRelease } from '../../../test/support/untrained-release.js';
import { applyDecision, EMPTY_REGISTRY } from './apply-decision.js';
import type { Decision } from './decision.js';
import { ReleaseRegistry } from './release-registry.js';
import { releasesToDiscard } from './retention.js';

const given = { by: 'ada', why: 'spec' };
const DAY_MS = 86_400_000;

describe('which bundles may go', () => {
  /** Each name is added and promoted by force, a day after the one before; `-` rolls back. */
  function crowned(...steps: string[]): Decision[] {
    const decisions: Decision[] = [];
    let former: string[] = [];
    steps.forEach((step, day) => {
      const next = () => ({ sequence: decisions.length + 1, atMs: day * DAY_MS, ...given });
      const replaced = former.at(-1);
      if (step === '-') {
        former = former.slice(0, -1);
        decisions.push({
          action: 'rolled-back',
          ...next(),
          releaseId: former.at(-1)!,
          replaced: replaced!,
          pinned: false,
        });
        return;
      }
      decisions.push({ action: 'added', ...next(), releaseId: step, digest: 'a'.repeat(64), files: [] });
      const how = { automatic: false, forced: true, ...(replaced !== undefined && { replaced }) };
      decisions.push({ action: 'promoted', ...next(), releaseId: step, ...how });
      former.push(step);
    });
    return decisions;
  }
  function mayGo(decisions: readonly Decision[], champions: number, retiredBeforeDay = 99): readonly string[] {
    const state = decisions.reduce(applyDecision, EMPTY_REGISTRY);
    return releasesToDiscard(state, decisions, { champions, retiredBeforeMs: retiredBeforeDay * DAY_MS });
  }

  it('are those of releases that were retired long ago, but not of the last champions', () => {
    const decisions = crowned('a', 'b', 'c', 'd', 'e');
    expect(mayGo(decisions, 2)).toEqual(['a', 'b']);
    expect(mayGo(decisions, 4)).toEqual([]);
    // a was retired on day 1, b on day 2
    expect(mayGo(decisions, 2, 2)).toEqual(['a']);
    expect(mayGo(decisions, 2, 1)).toEqual([]);
  });

  it('keep the way back, and what was champion last though it was rolled back', () => {
    // e and then d were rolled back from; the way back from c leads to b, then to a
    const decisions = crowned('a', 'b', 'c', 'd', 'e', '-', '-');
    expect(mayGo(decisions, 2)).toEqual([]);
    expect(mayGo(decisions, 1)).toEqual(['a', 'e']);
  });
});

describe('a registry that discards', () => {
  const open: AsyncDisposable[] = [];
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one[Symbol.asyncDispose]();
  });

  async function start(directory: string, atMs: number): Promise<ReleaseRegistry> {
    const registry = await ReleaseRegistry.open({ directory, clock: () => atMs });
    open.push({ [Symbol.asyncDispose]: () => registry.close() });
    return registry;
  }

  /** Three releases, of which the last is champion; they share their networks. */
  async function threeChampions(): Promise<{ directory: string; registry: ReleaseRegistry }> {
    const folder = await temporaryFolder();
    open.push(folder);
    const registry = await start(folder.path, 0);
    for (const releaseId of ['one', 'two', 'three']) {
      const bundle = await untrainedRelease({ releaseId, intercept: releaseId.length });
      open.push(bundle);
      await registry.add(bundle.path, given);
      await registry.promote(releaseId, { ...given, force: true, evidence: { of: releaseId } });
    }
    return { directory: folder.path, registry };
  }
  const blobs = async (directory: string): Promise<string[]> =>
    (await readdir(join(directory, 'blobs'), { recursive: true }))
      .filter((name) => name.length > 2)
      .map((name) => name.slice(3));

  it('removes the bundle, keeps the record, and leaves what others share', async () => {
    const { directory, registry } = await threeChampions();
    const before = await blobs(directory);
    expect(await registry.discard({ retiredBeforeMs: 1, champions: 1 }, given)).toEqual(['one']);
    const { digest } = registry.release('one')!;
    const own = registry.files('one').map((file) => file.digest);
    const shared = new Set(['two', 'three'].flatMap((id) => registry.files(id).map((file) => file.digest)));
    expect((await blobs(directory)).sort()).toEqual(
      before.filter((one) => !own.includes(one) || shared.has(one)).sort(),
    );
    expect(before.length - (await blobs(directory)).length).toBeGreaterThan(0);
    expect(await readdir(join(directory, 'bundles'))).not.toContain(digest);
    expect(registry.decisions('one').at(-1)).toMatchObject({ action: 'discarded', ...given });
    await expect(registry.readFile('one', 'manifest.json')).rejects.toMatchObject({ code: 'gone' });
    for (const id of ['two', 'three'])
      for (const { name } of registry.files(id)) expect((await registry.readFile(id, name)).length).toBeGreaterThan(0);
    const { evidence } = registry.decisions('one').find(({ action }) => action === 'promoted')!;
    expect(await registry.readEvidence(evidence!)).toEqual({ of: 'one' });
    expect(await registry.discard({ retiredBeforeMs: 1, champions: 1 }, given)).toEqual([]);
  });

  it('lets nothing bring a release back whose bundle is gone, over a restart, too', async () => {
    const { directory, registry } = await threeChampions();
    await registry.discard({ retiredBeforeMs: 1, champions: 1 }, given);
    await registry.close();
    const again = await start(directory, DAY_MS);
    expect(again.release('one')).toMatchObject({ state: 'retired', bundleGoneAtMs: 0 });
    expect((await again.rollback(given)).releaseId).toBe('two');
    const bundle = await untrainedRelease({ releaseId: 'one', intercept: 3 });
    open.push(bundle);
    for (const order of [
      () => again.rollback(given),
      () => again.shadow('one', { ...given, share: 1 }),
      () => again.promote('one', { ...given, force: true }),
      () => again.add(bundle.path, given),
    ])
      await expect(order()).rejects.toMatchObject({ code: 'gone', message: expect.stringContaining('bundle of one') });
    expect(again.champion()?.releaseId).toBe('two');
  });

  it('goes on where a crash came between the journal and the files', async () => {
    const { directory, registry } = await threeChampions();
    await registry.discard({ retiredBeforeMs: 1, champions: 1 }, given);
    const left = await blobs(directory);
    await registry.close();
    // the bundle lies there again, as if it had not been removed yet
    const bundle = await untrainedRelease({ releaseId: 'one', intercept: 3 });
    const other = await temporaryFolder();
    open.push(bundle, other);
    const elsewhere = await start(other.path, 0);
    await elsewhere.add(bundle.path, given);
    await cp(join(other.path, 'blobs'), join(directory, 'blobs'), { recursive: true });
    await cp(join(other.path, 'bundles'), join(directory, 'bundles'), { recursive: true });
    expect((await blobs(directory)).length).toBeGreaterThan(left.length);
    const again = await start(directory, DAY_MS);
    expect(await again.discard({ retiredBeforeMs: 0, champions: 1 }, given)).toEqual([]);
    expect((await blobs(directory)).sort()).toEqual(left.sort());
  });
});
