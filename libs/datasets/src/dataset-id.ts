/** The data sets that {@link readDataset} can read. `synthetic` stays are made up and say so. */
export const DATASET_IDS = ['challenge-2012', 'eicu-demo', 'recordings', 'synthetic'] as const;

/** One of {@link DATASET_IDS}. */
export type DatasetId = (typeof DATASET_IDS)[number];

/** Says whether a text names a data set. */
export function isDatasetId(text: string): text is DatasetId {
  return (DATASET_IDS as readonly string[]).includes(text);
}
