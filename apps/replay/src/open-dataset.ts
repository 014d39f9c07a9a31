import { DATASET_IDS, DatasetError, isDatasetId, partOf, readDataset } from '#datasets';
import type { RecordedStay, ReadDatasetOptions, SplitPart } from '#datasets';
import { cutStay } from './cut-stay.js';
import type { StaySource } from './stay-source.js';

/** Which stays of which data set. */
export interface DatasetChoice {
  /** Such as `challenge-2012`; what is not known is refused. */
  readonly name: string;
  /** Folder of the files; not needed for `synthetic`. */
  readonly path?: string;
  /** Parts such as `set-a`. @default all that are there */
  readonly parts?: readonly string[];
  /** Only persons of this part of the split. @default all */
  readonly split?: SplitPart;
  /** Replay only the first hours of a stay. A log forgets by age, so what is much longer than its retention would be lost. @default all */
  readonly maxHours?: number;
  /** How many synthetic stays to make. @default 6 */
  readonly syntheticStays?: number;
}

/** A data set, ready to be read, and what the latest reading left out. */
export interface OpenedDataset {
  readonly stays: StaySource;
  /** A few lines for people. */
  report(): string;
}

/**
 * A data set as a source of stays. Nothing is read yet.
 *
 * @throws DatasetError when the name is unknown or a path is missing
 */
export function openDataset(choice: DatasetChoice): OpenedDataset {
  const reading = readDataset(readOptions(choice));
  return {
    stays: () => chosenStays(reading, choice),
    report: () => `${choice.name}: ${reading.report.toText()}`,
  };
}

function readOptions({ name, path, parts, syntheticStays }: DatasetChoice): ReadDatasetOptions {
  if (!isDatasetId(name)) {
    throw new DatasetError(`There is no data set "${name}". Known are ${DATASET_IDS.join(', ')}.`);
  }
  if (name === 'synthetic') return { id: name, ...(syntheticStays === undefined ? {} : { stays: syntheticStays }) };
  if (path === undefined || path === '') {
    throw new DatasetError(`${name} needs the folder of its files: ${name}=PATH.`);
  }
  return { id: name, path, ...(parts === undefined ? {} : { parts }) };
}

async function* chosenStays(
  stays: AsyncIterable<RecordedStay>,
  { split, maxHours }: DatasetChoice,
): AsyncGenerator<RecordedStay> {
  for await (const recorded of stays) {
    if (split !== undefined && partOf(recorded.patientId) !== split) continue;
    yield maxHours === undefined ? recorded : cutStay(recorded, maxHours);
  }
}
