import type { WindowLabel, WindowStore } from '#training';
import { SPLIT_PARTS, type SplitPart } from '#datasets';
import { type Seen, seenInTraining, type TrainingClaim, wasRead } from '#reporting';

/** Which stays a bundle is held against: those that its training never saw, or a part of the split whatever was seen. */
export const SPLIT_CHOICES = ['unseen', 'test', 'validation', 'train', 'all'] as const;

/** One of {@link SPLIT_CHOICES}. */
export type SplitChoice = (typeof SPLIT_CHOICES)[number];

/** Parts of the split that hold chosen stays; the others need not be read. */
export function partsToRead(
  split: SplitChoice,
  datasetId: string,
  datasetParts: readonly string[] | undefined,
  training: TrainingClaim | undefined,
): readonly SplitPart[] {
  if (split === 'all') return SPLIT_PARTS;
  if (split !== 'unseen') return [split];
  const everySeen = (datasetParts ?? [undefined]).every((part) => wasRead(datasetId, part, training));
  return everySeen ? ['test'] : SPLIT_PARTS;
}

/** Indices of the windows that end at an hour and belong to the chosen stays. */
export function chooseWindows(
  { labels }: WindowStore,
  hour: number,
  split: SplitChoice,
  training: TrainingClaim | undefined,
): number[] {
  return [...labels.keys()].filter(
    (index) => labels[index]!.hoursSinceAdmission === hour && isChosen(labels[index]!, split, training),
  );
}

/** Number of stays by what a training did with them, of those that are chosen and of those that are left out. */
export function countSeen(
  { labels }: WindowStore,
  split: SplitChoice,
  training: TrainingClaim | undefined,
): { readonly chosen: Record<Seen, number>; readonly leftOut: Record<Seen, number> } {
  const counts = {
    chosen: { weights: 0, validation: 0, unseen: 0 },
    leftOut: { weights: 0, validation: 0, unseen: 0 },
  };
  const stays = new Map(labels.map((label) => [label.stayId, label]));
  for (const label of stays.values())
    counts[isChosen(label, split, training) ? 'chosen' : 'leftOut'][seenInTraining(label, training)]++;
  return counts;
}

/** Whether a window is of the chosen stays. */
export function isChosen(label: WindowLabel, split: SplitChoice, training: TrainingClaim | undefined): boolean {
  if (split === 'all') return true;
  return split === 'unseen' ? seenInTraining(label, training) === 'unseen' : label.part === split;
}
