import { TestEnvironment } from 'jest-environment-node';

/** Typed arrays that native add-ons (ONNX Runtime, native TensorFlow) make and check for. */
const SHARED_WITH_ADD_ONS = ['Float32Array', 'Float64Array', 'Int32Array', 'BigInt64Array'];

/**
 * Jest runs each spec in a context of its own, with typed arrays of its own; native add-ons know only those of the main context,
 * and refuse the others. Here both are the same.
 */
export default class NativeFriendlyEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    for (const name of SHARED_WITH_ADD_ONS) this.global[name] = globalThis[name];
  }
}
