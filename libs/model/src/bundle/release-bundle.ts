import type { NetworkWeights } from '#network';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { BundleError } from './bundle-error.js';
import {
  BUNDLE_FILES,
  MANIFEST_SCHEMA_VERSION,
  manifestContradictions,
  releaseManifestSchema,
  type ReleaseManifest,
} from './release-manifest.js';
import { decodeSafetensors } from './safetensors.js';

/** A release as read from its folder, every digest checked. */
export interface ReleaseBundle {
  readonly manifest: ReleaseManifest;
  readonly graphs: { readonly encoder: Uint8Array; readonly denoiser: Uint8Array; readonly risk: Uint8Array };
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
    weights: () => decodeSafetensors(files.get('weights.safetensors')!),
  };
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
  if (version !== MANIFEST_SCHEMA_VERSION)
    throw new BundleError(
      `${path} has schema version ${String(version)}, this version of Vigil reads ${MANIFEST_SCHEMA_VERSION}: use a release of that version, or update Vigil`,
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
