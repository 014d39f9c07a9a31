import { describe, expect, it } from '@jest/globals';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeMadeUpChallenge } from '../../../test/support/made-up-challenge.js';
import { temporaryFolder } from '../../../test/support/temporary-folder.js';
import { recordingsCommand } from './recordings-command.js';
import { runCommand } from './run-command.js';

describe('npm run recordings', () => {
  it('replaces earlier recordings and leaves what else lies in the folder', async () => {
    await using folder = await temporaryFolder();
    await writeMadeUpChallenge(folder.path, 1);
    const out = join(folder.path, 'out');
    await mkdir(out);
    await writeFile(join(out, 'old.ndjson'), '{"event":"stay-admitted","stayId":"old"}\n');
    await writeFile(join(out, 'journal.ndjson'), '{"action":"added"}\n');
    const flags = ['--dataset', `challenge-2012=${folder.path}`, '--out', out];
    expect(await runCommand(recordingsCommand(), flags)).toBe(0);
    const names = await readdir(out);
    expect(names).toContain('journal.ndjson');
    expect(names).not.toContain('old.ndjson');
    expect(names.filter((name) => name.startsWith('synthetic-'))).toHaveLength(6);
  });
});
