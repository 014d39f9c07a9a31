import { spawnSync } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import { makeStagingFolder } from './staging-folder.js';

describe('the folder of staged tables', () => {
  it('deletes what a killed process left behind, and nothing else', async () => {
    await using parent = await temporaryFolder();
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const others = [`vigil-staging-${hostname()}-${process.pid}-mine`, 'vigil-staging-elsewhere-1-x', 'holiday'];
    for (const name of [`vigil-staging-${hostname()}-${dead}-left`, ...others]) {
      await mkdir(join(parent.path, name, 'spill'), { recursive: true });
    }
    const made = await makeStagingFolder(parent.path);
    expect((await readdir(parent.path)).sort()).toEqual([...others, basename(made)].sort());
  });
});
