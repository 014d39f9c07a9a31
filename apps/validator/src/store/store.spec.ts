import { describe, expect, it } from '@jest/globals';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import { ChunkStore, type ScoredChunk } from './chunk-store.js';
import { expectOneEngine } from './expect-one-engine.js';

function chunk(engine: string): ScoredChunk {
  const cost = { windows: 3, scored: 2, events: 9, wallMs: 1, modelMs: 1, mainMs: 1, cpuMs: 1, hiddenMs: 0, lanes: 1 };
  return { version: 2, key: { stays: 'digest' }, engine, scores: [], hidden: [], cost };
}

describe('scores that are kept', () => {
  it('are given back for their key alone', async () => {
    await using folder = await temporaryFolder();
    const store = new ChunkStore(join(folder.path, 'scores'));
    await store.save(chunk('onnx-cpu'));
    expect(await store.load({ stays: 'digest' })).toEqual(chunk('onnx-cpu'));
    expect(await store.load({ stays: 'other' })).toBeUndefined();
  });

  it('are made anew where their file is damaged in whatever way', async () => {
    await using folder = await temporaryFolder();
    const store = new ChunkStore(folder.path);
    await mkdir(folder.path, { recursive: true });
    await store.save(chunk('onnx-cpu'));
    const [name] = await readdir(folder.path);
    for (const bytes of [Buffer.from('no gzip'), gzipSync('no JSON'), gzipSync('{"version":1}')]) {
      await writeFile(join(folder.path, name!), bytes);
      expect(await store.load({ stays: 'digest' })).toBeUndefined();
    }
  });

  it('are of one engine, or nothing is made of them', () => {
    expect(() => expectOneEngine('release', [chunk('onnx-cpu'), chunk('onnx-cpu')])).not.toThrow();
    expect(() => expectOneEngine('release', [chunk('onnx-cpu'), chunk('onnx-cuda')])).toThrow(
      'The scores of release come from onnx-cpu and onnx-cuda, which do not agree to the last digit. Give another --out, or remove the folder of kept scores.',
    );
  });
});
