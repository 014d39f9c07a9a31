import { partOf, presentParts, type RecordedStay, type SplitPart } from '#datasets';
import { cutStay, openDataset } from '#replay';
import { seenInTraining, type Seen, type TrainingClaim } from '#reporting';
import { factsOfStay } from './facts-of-stay.js';
import type { StayFacts } from './stay-facts.js';

/** Which stays of which data set are validated on. */
export interface StayChoice {
  readonly name: string;
  readonly path: string;
  /** Parts such as `set-b`. @default all that are there */
  readonly parts?: readonly string[];
  /** @default every part of the split that is left after what was seen */
  readonly split?: SplitPart;
  /** Only the first hours of a stay. */
  readonly maxHours: number;
  /** Stays of this data set, at most. */
  readonly maxStays: number;
  /** Takes stays of a release's training, too. */
  readonly includeSeen: boolean;
}

/** A stay as it is replayed, and what is known of the whole of it. */
export interface ChosenStay {
  readonly recorded: RecordedStay;
  readonly facts: StayFacts;
}

/** A release and what its manifest says of its training. */
export interface ClaimingRelease {
  readonly releaseId: string;
  readonly training: TrainingClaim | undefined;
}

/** What became of the stays that were read. Grows while they are read. */
export interface StayCount {
  read: number;
  chosen: number;
  /** Left out since a release had seen them. */
  leftOutSeen: number;
  /** By release, of all stays that were read. */
  readonly seen: Record<string, Record<Seen, number>>;
  /** Nobody knows where the stays come from: a recording names no data set. @default false */
  readonly originUnknown?: boolean;
  /** By release, of the stays that were chosen. */
  readonly seenOfChosen: Record<string, Record<Seen, number>>;
}

/** A count of nothing. */
export function emptyCount(releases: readonly ClaimingRelease[]): StayCount {
  const zero = (): Record<string, Record<Seen, number>> =>
    Object.fromEntries(releases.map(({ releaseId }) => [releaseId, { weights: 0, validation: 0, unseen: 0 }]));
  return { read: 0, chosen: 0, leftOutSeen: 0, seen: zero(), seenOfChosen: zero() };
}

/**
 * Reads the stays of a data set that no release has seen, one after the other, and counts those that are left out.
 *
 * Where a data set has parts, each is read by itself, since what a training read is known by part.
 */
export async function* chosenStays(
  choice: StayChoice,
  releases: readonly ClaimingRelease[],
  count: StayCount,
): AsyncGenerator<ChosenStay> {
  let taken = 0;
  for (const part of await partsOf(choice)) {
    const { name, path, maxHours, split } = choice;
    const opened = openDataset({
      ...{ name, path },
      ...(part === undefined ? {} : { parts: [part] }),
      ...(split === undefined ? {} : { split }),
    });
    for await (const whole of opened.stays()) {
      if (taken >= choice.maxStays) return;
      if (!takes(whole, part, choice, releases, count)) continue;
      taken++;
      count.chosen++;
      const recorded = cutStay(whole, maxHours);
      yield { recorded, facts: factsOfStay(whole, recorded) };
    }
  }
}

function takes(
  { datasetId, patientId }: RecordedStay,
  datasetPart: string | undefined,
  { includeSeen }: StayChoice,
  releases: readonly ClaimingRelease[],
  count: StayCount,
): boolean {
  count.read++;
  const origin = { datasetId, part: partOf(patientId), ...(datasetPart === undefined ? {} : { datasetPart }) };
  const seen = releases.map(({ releaseId, training }) => [releaseId, seenInTraining(origin, training)] as const);
  for (const [releaseId, what] of seen) count.seen[releaseId]![what]++;
  if (!includeSeen && seen.some(([, what]) => what !== 'unseen')) {
    count.leftOutSeen++;
    return false;
  }
  for (const [releaseId, what] of seen) count.seenOfChosen[releaseId]![what]++;
  return true;
}

/** Parts that are read by themselves: those asked for, else those that lie in the folder, else the whole as it is. */
async function partsOf({ name, path, parts }: StayChoice): Promise<readonly (string | undefined)[]> {
  const present = parts ?? (await presentParts(name, path));
  return present.length === 0 ? [undefined] : present;
}
