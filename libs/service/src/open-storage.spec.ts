import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectAll } from '../../../test/support/collect-all.js';
import { openStorage } from './open-storage.js';

const TOPIC = { name: 'words', partitions: 1, cleanup: 'delete', retentionMs: 1e12 } as const;

describe('openStorage', () => {
  let folder: string;
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'vigil-storage-'))));
  afterEach(() => rm(folder, { recursive: true }));

  it('keeps log and history in the state folder from one opening to the next', async () => {
    const atMs = Date.now();
    const first = await openStorage({ VIGIL_STATE: folder });
    await first.log.ensureTopics([TOPIC]);
    await first.log.append('words', [{ key: 'k', value: Buffer.from('v'), headers: {}, timestampMs: atMs }]);
    const point = { kind: 'risk', stayId: 's', atMs, releaseId: 'r', completeness: 1 } as const;
    await first.history.write([point]);
    await first.close();

    const second = await openStorage({ VIGIL_STATE: folder });
    const records = await collectAll(second.log.readToEnd('words'));
    const query = { stayId: 's', kind: 'risk', fromMs: atMs, toMs: atMs + 1 } as const;
    const points = await collectAll(second.history.read(query));
    await second.close();
    expect(records.map(({ key }) => key)).toEqual(['k']);
    expect(points).toEqual([point]);
  });

  it('refuses a folder that is open already', async () => {
    const storage = await openStorage({ VIGIL_STATE: folder });
    await expect(openStorage({ VIGIL_STATE: folder })).rejects.toThrow(/in use/);
    await storage.close();
  });
});
