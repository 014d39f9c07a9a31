import type { NetworkWeights } from '#network';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { TrainingNeighbours } from '../neighbours/training-neighbours.js';
import { BundleError } from './bundle-error.js';
import {
  BUNDLE_FILES,
  manifestContradictions,
  NEIGHBOURS_FILE,
  READABLE_SCHEMA_VERSIONS,
  releaseManifestSchema,
  type ReleaseManifest,
} from './release-manifest.js';
import { decodeSafetensors } from './safetensors.js';

/** A release as read from its folder, every digest checked. */
export interface ReleaseBundle {
  readonly manifest: ReleaseManifest;
  readonly graphs: { readonly encoder: Uint8Array; readonly denoiser: Uint8Array; readonly risk: Uint8Array };
  /** Training stays to look for neighbours among, where the bundle holds some. */
  readonly neighbours?: TrainingNeighbours;
  /** Decoded when asked for: only TensorFlow.js and the trainer need them. */
  weights(): NetworkWeights;
}

/**
 * Reads a bundle and checks it.
 *
 * @throws BundleError when the folder is none, the manifest is of another version, names signals or fields that are unknown here or
 * contradicts itself, or a file is missing or has another digest than the manifest says
 */
export async function readBundle(directory: string): Promise<ReleaseBundle> {
  const manifest = await readManifest(directory);
  const files = new Map<string, Buffer>();
  for (const name of BUNDLE_FILES) files.set(name, await readChecked(directory, name, manifest.files[name]));
  return {
    manifest,
    graphs: {
      encoder: files.get('encoder.onnx')!,
      denoiser: files.get('denoiser.onnx')!,
      risk: files.get('risk.onnx')!,
    },
    ...(await neighboursOf(directory, manifest)),
    weights: () => decodeSafetensors(files.get('weights.safetensors')!),
  };
}

async function neighboursOf(
  directory: string,
  { files, hyper }: ReleaseManifest,
): Promise<Pick<ReleaseBundle, 'neighbours'>> {
  const digest = files[NEIGHBOURS_FILE];
  if (digest === undefined) return {};
  const neighbours = TrainingNeighbours.decode(await readChecked(directory, NEIGHBOURS_FILE, digest));
  const { members, embedding } = hyper.risk;
  if (neighbours.width % embedding !== 0 || neighbours.width > members * embedding)
    throw new BundleError(
      `${join(directory, NEIGHBOURS_FILE)} holds embeddings of ${neighbours.width} numbers, the networks give ${members} of ${embedding}: the file belongs to another release`,
    );
  return { neighbours };
}

/** Reads and checks the manifest alone, for what is asked of a release without serving it. */
export async function readManifest(directory: string): Promise<ReleaseManifest> {
  const path = join(directory, 'manifest.json');
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new BundleError(`${path} cannot be read: expected the folder of a release, with its manifest.json`, {
      cause,
    });
  });
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new BundleError(`${path} is not JSON: copy the bundle again`, { cause });
  }
  const version = (parsed as { schemaVersion?: unknown } | null)?.schemaVersion;
  if (!READABLE_SCHEMA_VERSIONS.some((known) => known === version))
    throw new BundleError(
      `${path} has schema version ${String(version)}, this version of Vigil reads ${READABLE_SCHEMA_VERSIONS.join(' and ')}: use a release of such a version, or update Vigil`,
    );
  const checked = releaseManifestSchema.safeParse(parsed);
  if (!checked.success)
    throw new BundleError(`${path} is not a manifest that is understood:\n${z.prettifyError(checked.error)}`);
  const contradictions = manifestContradictions(checked.data);
  if (contradictions.length > 0) throw new BundleError(`${path} cannot be served: ${contradictions.join('; ')}`);
  return checked.data;
}

/** Reads a file of a bundle. @throws BundleError when it is missing or has another digest than the manifest says */
export async function readChecked(directory: string, name: string, expected: string): Promise<Buffer> {
  const path = join(directory, name);
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new BundleError(`${path} cannot be read, but the manifest names it: copy the bundle again`, { cause });
  });
  const digest = createHash('sha256').update(bytes).digest('hex');
  if (digest !== expected)
    throw new BundleError(
      `${path} has SHA-256 ${digest}, the manifest says ${expected}: the file was changed or cut short`,
    );
  return bytes;
}
