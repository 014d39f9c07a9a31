import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import { BlobStore } from './blob-store.js';

describe('a store of blobs', () => {
  it('clears away at its start what an upload left behind, and nothing that is not its own', async () => {
    await using folder = await temporaryFolder();
    const staging = join(folder.path, 'staging');
    await mkdir(join(staging, 'website'), { recursive: true });
    await mkdir(join(staging, randomUUID()));
    await writeFile(join(staging, randomUUID()), 'half a file');
    await new BlobStore(folder.path).prepare();
    expect(await readdir(staging)).toEqual(['website']);
    expect((await readdir(folder.path)).sort()).toEqual(['blobs', 'bundles', 'staging']);
  });
});
