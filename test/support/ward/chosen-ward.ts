import type { RecordedStay } from '#datasets';
import { openDataset, type StaySource } from '#replay';

/** How many stays of each outcome a ward is made of. */
export interface WardMix {
  readonly died: number;
  readonly survived: number;
}

/**
 * The first stays of Challenge 2012's set-a of each outcome, taking turns, as two sources: those that come first and the
 * rest. A ward of so many deaths is no ward of life; a comparison of releases needs some on both sides of its cut.
 */
export async function chosenWard(path: string, mix: WardMix, first: number): Promise<[StaySource, StaySource]> {
  const died: RecordedStay[] = [];
  const survived: RecordedStay[] = [];
  for await (const recorded of openDataset({ name: 'challenge-2012', path, parts: ['set-a'] }).stays()) {
    const group = recorded.outcome === 'died' ? died : survived;
    if (group.length < (group === died ? mix.died : mix.survived)) group.push(recorded);
    if (died.length === mix.died && survived.length === mix.survived) break;
  }
  const stays: RecordedStay[] = [];
  while (died.length + survived.length > 0) stays.push(...survived.splice(0, 1), ...died.splice(0, 1));
  return [sourceOf(stays.slice(0, first)), sourceOf(stays.slice(first))];
}

function sourceOf(stays: readonly RecordedStay[]): StaySource {
  return async function* () {
    yield* stays;
  };
}
