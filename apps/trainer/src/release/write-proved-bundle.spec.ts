import { BundleError, readBundle } from '#model';
import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import { untrainedRelease } from '../../../../test/support/untrained-release.js';
import { writeProvedBundle } from './write-proved-bundle.js';

describe('writeProvedBundle', () => {
  it('shows a bundle with its parity case or none, at every moment', async () => {
    await using made = await untrainedRelease();
    await using folder = await temporaryFolder();
    const { manifest, weights } = await readBundle(made.path);
    const directory = join(folder.path, 'release');
    let isWritten = false;
    const written = writeProvedBundle(directory, manifest, weights(), '# Spec').finally(() => (isWritten = true));
    const seen = new Set<string>();
    while (!isWritten) {
      const found = await readBundle(directory).catch((error: unknown) => {
        if (!(error instanceof BundleError)) throw error;
      });
      seen.add(found === undefined ? 'none' : Object.keys(found.manifest.files).sort().join(' '));
      await turn();
    }
    await written;
    seen.add(
      Object.keys((await readBundle(directory)).manifest.files)
        .sort()
        .join(' '),
    );
    const whole = 'denoiser.onnx encoder.onnx parity.json risk.onnx weights.safetensors';
    expect([...seen]).toEqual(['none', whole]);
  });
});
