import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../../../test/support/temporary-folder.js';
import { FileProgressStore } from './file-progress-store.js';
import type { ReplayPosition } from './progress-store.js';

const POSITION: ReplayPosition = { version: 1, planDigest: 'abc', anchorMs: 5, appendedEvents: 7 };

describe('the progress file', () => {
  it('gives back what was saved last, and nothing where there is none', async () => {
    await using folder = await temporaryFolder();
    const store = new FileProgressStore(join(folder.path, 'deep', 'progress.json'));
    expect(await store.load()).toBeUndefined();
    await store.save(POSITION);
    await store.save({ ...POSITION, appendedEvents: 9 });
    expect(await store.load()).toEqual({ ...POSITION, appendedEvents: 9 });
    expect(await readdir(join(folder.path, 'deep'))).toEqual(['progress.json']);
  });

  it('survives a write that was cut off, for it is replaced as a whole', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'progress.json');
    await new FileProgressStore(path).save(POSITION);
    await writeFile(`${path}.writing`, '{"version":1,"planDi');
    expect(await new FileProgressStore(path).load()).toEqual(POSITION);
  });

  it.each(['', '{"version":2}', 'a diary'])('is refused when it holds %j', async (text) => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'progress.json');
    await writeFile(path, text);
    await expect(new FileProgressStore(path).load()).rejects.toThrow(/is no progress file of a replay\. Delete it/);
  });
});
