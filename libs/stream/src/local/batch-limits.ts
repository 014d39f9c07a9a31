/** Records of a batch where a subscription does not say. */
export const DEFAULT_BATCH_RECORDS = 1_000;

/** Bytes of a batch's values; one larger record still makes a batch of its own. */
export const MAX_BATCH_BYTES = 8 * 1_024 * 1_024;
