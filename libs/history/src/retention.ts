/** How long the past is kept unless said otherwise: 30 days, longer than nearly every stay in intensive care. */
export const DEFAULT_RETENTION_MS = 30 * 86_400_000;

/** How often, at most, a write looks for points that are too old. */
export const HOUSEKEEPING_INTERVAL_MS = 3_600_000;
