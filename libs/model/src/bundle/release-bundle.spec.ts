import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TEST_DESCRIPTION, writeTestRelease } from '../scoring/test-release.js';
import { TrainingNeighbours } from '../neighbours/training-neighbours.js';
import { BundleError } from './bundle-error.js';
import { readBundle } from './release-bundle.js';

describe('readBundle', () => {
  let release: Awaited<ReturnType<typeof writeTestRelease>>;

  beforeEach(async () => {
    release = await writeTestRelease();
  });
  afterEach(() => release.remove());

  async function alterManifest(change: (manifest: Record<string, unknown>) => void): Promise<void> {
    const path = join(release.directory, 'manifest.json');
    const manifest = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
    change(manifest);
    await writeFile(path, JSON.stringify(manifest));
  }

  it('gives back what was written', async () => {
    const { manifest, weights } = await readBundle(release.directory);
    expect(manifest).toMatchObject(TEST_DESCRIPTION);
    expect(weights()['risk.head.weight']!.shape).toEqual([TEST_DESCRIPTION.hyper.risk.embedding, 1]);
  });

  it('refuses a file that was changed by one byte', async () => {
    const path = join(release.directory, 'risk.onnx');
    const bytes = await readFile(path);
    bytes[100]! ^= 1;
    await writeFile(path, bytes);
    await expect(readBundle(release.directory)).rejects.toThrow(
      /risk\.onnx has SHA-256 .* the file was changed or cut short/,
    );
  });

  it('refuses another schema version, and says which it reads', async () => {
    await alterManifest((manifest) => (manifest['schemaVersion'] = 1));
    await expect(readBundle(release.directory)).rejects.toThrow(
      'has schema version 1, this version of Vigil reads 2 and 3',
    );
  });

  it('reads a manifest of version 2 as a release of one risk network', async () => {
    await alterManifest((manifest) => {
      manifest['schemaVersion'] = 2;
      delete (manifest['hyper'] as { risk: { members?: number } }).risk.members;
    });
    expect((await readBundle(release.directory)).manifest.hyper.risk.members).toBe(1);
  });

  it('gives back neighbours, checked by their digest', async () => {
    const { embedding } = TEST_DESCRIPTION.hyper.risk;
    const neighbours = TrainingNeighbours.of([new Float32Array(embedding).fill(2)], [true]);
    const held = await writeTestRelease({ nearest: { stays: 20 } }, neighbours);
    expect((await readBundle(held.directory)).neighbours).toEqual(neighbours);
    await writeFile(join(held.directory, 'neighbours.bin'), neighbours.encode().fill(0, 16));
    await expect(readBundle(held.directory)).rejects.toThrow('neighbours.bin has SHA-256');
    await held.remove();
  });

  it('refuses neighbours of other networks, and a release that has only half of what they take', async () => {
    const foreign = TrainingNeighbours.of([Float32Array.of(1, 2, 3)], [false]);
    const held = await writeTestRelease({ nearest: { stays: 20 } }, foreign);
    await expect(readBundle(held.directory)).rejects.toThrow('holds embeddings of 3 numbers, the networks give 1 of 8');
    await held.remove();
    await alterManifest((manifest) => (manifest['nearest'] = { stays: 20 }));
    await expect(readBundle(release.directory)).rejects.toThrow('it has only one of "nearest" and neighbours.bin');
    await alterManifest((manifest) => (manifest['nearest'] = { stays: 19 }));
    await expect(readBundle(release.directory)).rejects.toThrow('nearest');
  });

  it('refuses a signal or a field that it does not know', async () => {
    await alterManifest((manifest) => ((manifest['signals'] as string[])[3] = 'mood'));
    await expect(readBundle(release.directory)).rejects.toThrow('"mood" is not a signal');
    await alterManifest((manifest) => {
      manifest['signals'] = TEST_DESCRIPTION.signals;
      manifest['smoothing'] = 3;
    });
    await expect(readBundle(release.directory)).rejects.toThrow('smoothing');
  });

  it('refuses a manifest that contradicts itself', async () => {
    await alterManifest((manifest) => (manifest['signals'] = TEST_DESCRIPTION.signals.slice(1)));
    await expect(readBundle(release.directory)).rejects.toThrow('the networks read 11 signals, but 10 are listed');
  });

  it('says so when the folder is none, or lacks a file', async () => {
    await rm(join(release.directory, 'denoiser.onnx'));
    await expect(readBundle(release.directory)).rejects.toThrow('denoiser.onnx cannot be read');
    await expect(readBundle(join(release.directory, 'nowhere'))).rejects.toThrow(BundleError);
  });
});
