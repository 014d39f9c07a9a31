export { DatasetError } from './dataset-error.js';
export { PUBLISHED_SERIES, readHourlySeries, SERIES_HOURS } from './challenge-2012/read-hourly-series.js';
export type { HourlySeries } from './challenge-2012/read-hourly-series.js';
export { COHORT_IDS, DATASET_IDS, isDatasetId } from './dataset-id.js';
export type { CohortId, DatasetId } from './dataset-id.js';
export { partsByDataset } from './dataset-parts.js';
export { DATASET_SOURCES } from './dataset-source.js';
export type { DatasetSource } from './dataset-source.js';
export { computedFrom, DERIVED_FROM } from './derived-signals.js';
export { describeSplit } from './describe-split.js';
export type { SplitDescription } from './describe-split.js';
export { writeEvaluationFile } from './evaluation-files.js';
export type { EvaluationFile } from './evaluation-files.js';
export {
  digestOfFile,
  MONTH_TABLES,
  monthFolderName,
  TRAINING_SET_MARK,
  TRAINING_SET_VERSION,
  trainingSetMonths,
} from './local/training-set-months.js';
export type { TrainingSetMonth } from './local/training-set-months.js';
export { byAvailability, hasSeries } from './observation-collector.js';
export { partOf, SPLIT_PARTS } from './part-of.js';
export type { SplitPart } from './part-of.js';
export { presentParts } from './present-parts.js';
export { readDataset } from './read-dataset.js';
export type { DatasetReading, FolderDataset, ReadDatasetOptions, SyntheticDataset } from './read-dataset.js';
export { ReadReport } from './read-report.js';
export type { StaySkip, ValueSkip } from './read-report.js';
export type { RecordedStay } from './recorded-stay.js';
export { chooseRecordings } from './recordings/choose-recordings.js';
export { formatRecording } from './recordings/format-recording.js';
export { ResultDelay } from './result-delay.js';
export { shiftStay } from './shift-stay.js';
export type { SeverityScore } from './severity-scores.js';
