import { exportOnnx } from '#engine';
import type { NetworkWeights } from '#network';
import { createHash } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrainingNeighbours } from '../neighbours/training-neighbours.js';
import {
  MANIFEST_SCHEMA_VERSION,
  NEIGHBOURS_FILE,
  releaseManifestSchema,
  type ReleaseManifest,
} from './release-manifest.js';
import { encodeSafetensors } from './safetensors.js';

/** What the writer of a bundle must know; version and digests it adds itself. */
export type ReleaseDescription = Omit<ReleaseManifest, 'schemaVersion' | 'files'>;

/**
 * Writes a bundle: weights, the three graphs, and a manifest with their digests. The folder appears whole or not at all; one that is
 * already there is replaced.
 *
 * @param modelCard text of MODEL_CARD.md
 * @param neighbours training stays to look for neighbours among; the description's `nearest` says how many are looked for
 */
export async function writeBundle(
  directory: string,
  description: ReleaseDescription,
  weights: NetworkWeights,
  modelCard: string,
  neighbours?: TrainingNeighbours,
): Promise<void> {
  const { encoder, denoiser, risk } = exportOnnx(description.hyper, weights);
  const files = {
    'weights.safetensors': encodeSafetensors(weights, { releaseId: description.releaseId }),
    'encoder.onnx': encoder,
    'denoiser.onnx': denoiser,
    'risk.onnx': risk,
    ...(neighbours === undefined ? {} : { [NEIGHBOURS_FILE]: neighbours.encode() }),
  };
  const manifest = releaseManifestSchema.parse({
    schemaVersion: MANIFEST_SCHEMA_VERSION,
    ...description,
    files: Object.fromEntries(
      Object.entries(files).map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')]),
    ),
  });
  const partial = `${directory}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(partial, name), bytes);
  await writeFile(join(partial, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await writeFile(join(partial, 'MODEL_CARD.md'), modelCard);
  await rm(directory, { recursive: true, force: true });
  await rename(partial, directory);
}
