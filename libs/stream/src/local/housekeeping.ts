/** How long a deleted key's tombstone stays on a compacted topic, so that whoever reads now and then sees the deletion. As Kafka's default. */
export const TOMBSTONE_RETENTION_MS = 86_400_000;

/** How often, at most, an append looks for records that are too old. */
export const HOUSEKEEPING_INTERVAL_MS = 60_000;
