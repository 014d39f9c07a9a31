export { SLOT_COUNT, WINDOW_HOURS } from './slot-layout.js';
export { StayWindow } from './stay-window.js';
export type { LatestValue, MergeResult } from './stay-window.js';
export { windowBins } from './window-bins.js';
export type { WindowBins } from './window-bins.js';
export { decodeWindow, encodeWindow, MAX_SNAPSHOT_BYTES, SnapshotError, windowDigest } from './window-snapshot.js';
export { WINDOW_STATISTICS, windowStatistics } from './window-statistics.js';
export type { WindowStatistic } from './window-statistics.js';
