/** What a bundle's manifest says of its training, as far as it matters here. */
export interface TrainingClaim {
  readonly datasets: readonly {
    readonly id: string;
    readonly stays: number;
    /** Parts of the data set that were read; absent in manifests that do not name them. */
    readonly parts?: readonly string[];
  }[];
}

/** What must be known of a stay to say whether a training saw it. */
export interface StayOrigin {
  readonly datasetId: string;
  /** Part of the data set, such as `set-c`, where it is known. */
  readonly datasetPart?: string;
  /** The part of the split that the hash of the patient's pseudonym gives. */
  readonly part: 'train' | 'validation' | 'test';
}

/** What a training did with a stay: learned its weights from it, or stopped and calibrated by it, or never saw it. */
export type Seen = 'weights' | 'validation' | 'unseen';

/** More stays than two sets of Challenge 2012 can give to training and validation; fewer than three give. */
const TWO_SETS_OF_CHALLENGE_2012 = 7_400;
const FIRST_SETS: readonly string[] = ['set-a', 'set-b'];

/**
 * Whether a training saw a stay.
 *
 * The split is a hash of the patient's pseudonym, so the part of any stay is known; what must be known beside it is which data sets, and
 * which parts of them, the training read. A manifest that does not name parts of Challenge 2012 was trained on sets a and b, unless it
 * counts more stays than these hold: then every set is taken as seen.
 */
export function seenInTraining(
  { datasetId, datasetPart, part }: StayOrigin,
  training: TrainingClaim | undefined,
): Seen {
  if (part === 'test' || !wasRead(datasetId, datasetPart, training)) return 'unseen';
  return part === 'train' ? 'weights' : 'validation';
}

/** Whether a training read a data set, or one of its parts where that is named. */
export function wasRead(
  datasetId: string,
  datasetPart: string | undefined,
  training: TrainingClaim | undefined,
): boolean {
  const used = training?.datasets.find(({ id }) => id === datasetId);
  if (used === undefined) return false;
  const parts = used.parts ?? (datasetId === 'challenge-2012' ? partsByCount(used.stays) : undefined);
  return parts === undefined || datasetPart === undefined || parts.includes(datasetPart);
}

function partsByCount(stays: number): readonly string[] | undefined {
  return stays <= TWO_SETS_OF_CHALLENGE_2012 ? FIRST_SETS : undefined;
}
