export { createRegistry } from './create-registry.js';
export type { RegistryHttp, RegistryOptions, RunningRegistry } from './create-registry.js';
