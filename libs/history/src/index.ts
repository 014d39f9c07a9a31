export { EmbeddedHistoryStore } from './embedded/embedded-history-store.js';
export type { EmbeddedHistoryStoreOptions } from './embedded/embedded-history-store.js';
export { HistoryError } from './history-error.js';
export { HistoryStore } from './history-store.js';
export { MemoryHistoryStore } from './memory/memory-history-store.js';
export type { MemoryHistoryStoreOptions } from './memory/memory-history-store.js';
export type { HistoryPoint, ObservationPoint, RiskPoint } from './history-point.js';
export type { HistoryQuery } from './history-query.js';
