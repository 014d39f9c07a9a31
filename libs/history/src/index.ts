export { HistoryError } from './history-error.js';
export { HistoryStore } from './history-store.js';
export type { HistoryPoint, ObservationPoint, RiskPoint } from './history-point.js';
export type { HistoryQuery } from './history-query.js';
