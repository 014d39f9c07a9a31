import { describe, expect, it } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pack } from 'tar-stream';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import { untrainedRelease } from '../../../../test/support/untrained-release.js';
import { packBundle, unpackBundle } from './bundle-tar.js';

/** A tar of entries as given; a text beginning with > is a link. */
function tarOf(entries: Readonly<Record<string, string>>): Readable {
  const tar = pack();
  for (const [name, text] of Object.entries(entries)) {
    if (text.startsWith('>')) tar.entry({ name, type: 'symlink', linkname: text.slice(1) });
    else tar.entry({ name }, text);
  }
  tar.finalize();
  return Readable.from(tar);
}

describe('a bundle as a tar', () => {
  it('comes out as it went in, the evidence beside it', async () => {
    await using release = await untrainedRelease();
    await using target = await temporaryFolder();
    expect(await unpackBundle(packBundle(release.path, { auroc: 0.86 }), target.path)).toEqual({ auroc: 0.86 });
    expect(await readdir(target.path)).toEqual(await readdir(release.path));
    for (const name of await readdir(release.path))
      expect(await readFile(join(target.path, name))).toEqual(await readFile(join(release.path, name)));
  });

  it('has no evidence when none was given', async () => {
    await using target = await temporaryFolder();
    expect(await unpackBundle(tarOf({ './manifest.json': '{}' }), target.path)).toBeUndefined();
    expect(await readdir(target.path)).toEqual(['manifest.json']);
  });

  it.each(['../evil', '/etc/evil', 'folder/evil', '.hidden', 'a\\b', '..'])(
    'refuses an entry named %s',
    async (name) => {
      await using target = await temporaryFolder();
      await expect(unpackBundle(tarOf({ [name]: 'x' }), target.path)).rejects.toMatchObject({ code: 'bad-bundle' });
      expect(await readdir(target.path)).toEqual([]);
    },
  );

  it('refuses links, the same name twice, and what is no tar', async () => {
    await using target = await temporaryFolder();
    const refused = { code: 'bad-bundle' };
    await expect(unpackBundle(tarOf({ link: '>/etc/passwd' }), target.path)).rejects.toMatchObject(refused);
    await expect(unpackBundle(tarOf({ a: '1', './a': '2' }), target.path)).rejects.toMatchObject(refused);
    await expect(unpackBundle(Readable.from([Buffer.alloc(2_000, 'x')]), target.path)).rejects.toMatchObject(refused);
  });

  it('stops as soon as there is too much', async () => {
    await using target = await temporaryFolder();
    const tar = tarOf({ a: 'x'.repeat(60), b: 'x'.repeat(60) });
    await expect(unpackBundle(tar, target.path, 100)).rejects.toMatchObject({ code: 'too-large' });
    expect(await readdir(target.path)).toEqual(['a']);
  });

  it('refuses one that was cut short', async () => {
    await using target = await temporaryFolder();
    const whole = Buffer.concat(await tarOf({ a: 'x'.repeat(5_000) }).toArray());
    await expect(unpackBundle(Readable.from([whole.subarray(0, 2_000)]), target.path)).rejects.toMatchObject({
      code: 'bad-bundle',
    });
  });
});
