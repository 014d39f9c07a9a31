/** The data sets that {@link readDataset} can read. `table` is anybody's data in our layout; `synthetic` stays are made up and say so; `local` stays are a hospital's own, that ended under its trainer. */
export const DATASET_IDS = [
  'challenge-2012',
  'challenge-2019',
  'mimic-iii',
  'mimic-iv',
  'eicu',
  'eicu-demo',
  'table',
  'local',
  'recordings',
  'synthetic',
] as const;

/** One of {@link DATASET_IDS}. */
export type DatasetId = (typeof DATASET_IDS)[number];

/** Data sets of real people that lie in a folder of the user: what one trains on and evaluates with. */
export const COHORT_IDS = [
  'challenge-2012',
  'challenge-2019',
  'mimic-iii',
  'mimic-iv',
  'eicu',
  'eicu-demo',
  'table',
  'local',
] as const satisfies readonly DatasetId[];

/** One of {@link COHORT_IDS}. */
export type CohortId = (typeof COHORT_IDS)[number];

/** Says whether a text names a data set. */
export function isDatasetId(text: string): text is DatasetId {
  return (DATASET_IDS as readonly string[]).includes(text);
}
