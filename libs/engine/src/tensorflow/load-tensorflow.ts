import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { registerGradients } from './gradients.js';
import type { TensorFlow } from './tensor.js';

/** What may be asked for: `auto` takes the first that is there of native-gpu, native, wasm and cpu. */
export type TensorFlowChoice = 'auto' | 'native-gpu' | 'native' | 'wasm' | 'cpu';

/** TensorFlow.js with a backend chosen and ready. */
export interface LoadedTensorFlow {
  tf: TensorFlow;
  /** What was chosen. */
  backend: Exclude<TensorFlowChoice, 'auto'>;
  /** True where the arithmetic runs on a graphics processor. */
  usesGpu: boolean;
}

const NATIVE_PACKAGES = { 'native-gpu': '@tensorflow/tfjs-node-gpu', native: '@tensorflow/tfjs-node' } as const;
const requireOwn = createRequire(import.meta.url);

/**
 * Loads TensorFlow.js: the native one from `.tensorflow/` at the repository's root (made by `npm run setup:tensorflow`), or
 * WebAssembly or plain JavaScript, which are always there. A process holds one backend; asking again for another one switches it.
 * @throws Error when what was asked for is not installed, saying how to install it
 */
export async function loadTensorFlow(choice: TensorFlowChoice = 'auto'): Promise<LoadedTensorFlow> {
  if (choice === 'native' || choice === 'native-gpu') return loadNative(choice);
  if (choice === 'auto') {
    for (const native of ['native-gpu', 'native'] as const) if (nativePath(native)) return loadNative(native);
  }
  return loadPortable(choice === 'cpu' ? 'cpu' : 'wasm');
}

/** True where `npm run setup:tensorflow` has put the native library. */
export function hasNativeTensorFlow(choice: 'native' | 'native-gpu'): boolean {
  return nativePath(choice) !== undefined;
}

function nativePath(choice: 'native' | 'native-gpu'): string | undefined {
  const path = join(repositoryRoot(), '.tensorflow', 'node_modules', NATIVE_PACKAGES[choice]);
  return existsSync(join(path, 'lib')) ? path : undefined;
}

function loadNative(choice: 'native' | 'native-gpu'): LoadedTensorFlow {
  const path = nativePath(choice);
  if (path === undefined) {
    const kind = choice === 'native' ? 'cpu' : 'gpu';
    throw new Error(`native TensorFlow (${choice}) is not installed; run: npm run setup:tensorflow ${kind}`);
  }
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  const tf = requireOwn(path) as TensorFlow;
  registerGradients(tf);
  const backend = tf.backend() as { isUsingGpuDevice?: boolean };
  return { tf, backend: choice, usesGpu: backend.isUsingGpuDevice === true };
}

async function loadPortable(choice: 'wasm' | 'cpu'): Promise<LoadedTensorFlow> {
  const tf = requireOwn('@tensorflow/tfjs-core') as TensorFlow;
  registerGradients(tf);
  if (choice === 'wasm') {
    const wasm = requireOwn('@tensorflow/tfjs-backend-wasm') as { setWasmPaths(folder: string): void };
    const folder = dirname(requireOwn.resolve('@tensorflow/tfjs-backend-wasm'));
    wasm.setWasmPaths(`${folder}/`);
  } else {
    requireOwn('@tensorflow/tfjs-backend-cpu');
  }
  if (!(await tf.setBackend(choice))) throw new Error(`TensorFlow.js could not start its ${choice} backend`);
  await tf.ready();
  hushFirstUse(tf);
  return { tf, backend: choice, usesGpu: false };
}

/** The first tensor of the plain backend prints an advertisement for the native one, except in production mode. */
function hushFirstUse(tf: TensorFlow): void {
  const production = tf.env().getBool('PROD');
  tf.env().set('PROD', true);
  tf.scalar(0).dispose();
  tf.env().set('PROD', production);
}

/** The nearest folder upwards that holds Vigil's package.json: this file runs from dist/ and from an installed copy alike. */
function repositoryRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) return process.cwd();
    folder = parent;
  }
  return folder;
}
