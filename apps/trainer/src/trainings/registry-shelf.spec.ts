import { SHIPPED_RELEASE_ID, shippedReleaseDirectory } from '#model';
import { RegistryError, ReleaseRegistry } from '#registry';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import { untrainedRelease } from '../../../../test/support/untrained-release.js';
import { RegistryShelf } from './registry-shelf.js';
import { LoneRelease, ShelfRefusal, ShelfUnavailable } from './release-shelf.js';

const NOTE = { by: 'trainer', why: 'it passed', evidence: { decision: 'promote' } };
const PERSON = { by: 'a person', why: 'to see it' };

describe('RegistryShelf', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let release: Awaited<ReturnType<typeof untrainedRelease>>;
  let registry: ReleaseRegistry;
  let shelf: RegistryShelf;
  beforeEach(async () => {
    folder = await temporaryFolder();
    release = await untrainedRelease();
    registry = await ReleaseRegistry.open({ directory: join(folder.path, 'registry') });
    shelf = new RegistryShelf({ desk: registry, directory: join(folder.path, 'bundles') });
  });
  afterEach(async () => {
    await registry.close();
    await release[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  it('takes the shipped release for the champion where there is none', async () => {
    expect(await shelf.championId()).toBe(SHIPPED_RELEASE_ID);
    expect(await shelf.champion()).toEqual({ releaseId: SHIPPED_RELEASE_ID, directory: shippedReleaseDirectory() });
  });

  it('brings a candidate through the shadow to champion, twice over without harm, and fetches it', async () => {
    for (let time = 0; time < 2; time++) await shelf.offer(release.path, NOTE);
    for (let time = 0; time < 2; time++) await shelf.shadow('untrained-spec', 0.5, NOTE);
    expect((await registry.releases())[0]).toMatchObject({ state: 'shadow', shadowShare: 0.5, by: 'trainer' });
    await shelf.promote('untrained-spec', NOTE);
    const champion = await shelf.champion();
    expect(champion.releaseId).toBe('untrained-spec');
    expect(existsSync(join(champion.directory, 'manifest.json'))).toBe(true);
    const old = join(folder.path, 'bundles', 'f'.repeat(64));
    await mkdir(old);
    await shelf.keepOnly(champion);
    expect([existsSync(old), existsSync(champion.directory)]).toEqual([false, true]);
  });

  it('tells a refusal from a registry that is away', async () => {
    await expect(shelf.promote('untrained-spec', NOTE)).rejects.toThrow(ShelfRefusal);
    await shelf.offer(release.path, NOTE);
    // a promotion that no person asked for needs the shadow first
    await expect(shelf.promote('untrained-spec', NOTE)).rejects.toThrow(ShelfRefusal);
    await registry.promote('untrained-spec', { ...PERSON, force: true });
    await registry.close();
    for (const code of ['unavailable', 'unauthorised'] as const) {
      registry.releases = () => Promise.reject(new RegistryError(code, 'no answer'));
      await expect(shelf.champion()).rejects.toThrow(ShelfUnavailable);
    }
    registry.releases = () => Promise.reject(new RangeError('a surprise'));
    await expect(shelf.championId()).rejects.toThrow(RangeError);
  });
});

describe('LoneRelease', () => {
  it('is the champion for ever, and takes no candidate', async () => {
    const lone = new LoneRelease({ releaseId: 'r', directory: '/r' });
    expect([await lone.championId(), (await lone.champion()).directory, lone.hasRegistry]).toEqual(['r', '/r', false]);
    await lone.keepOnly();
    for (const order of [lone.offer(), lone.shadow(), lone.promote()])
      await expect(order).rejects.toThrow(ShelfRefusal);
  });
});
