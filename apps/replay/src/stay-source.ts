import type { RecordedStay } from '#datasets';

/** Stays to replay. Every call reads them again from the start, in the same order. */
export type StaySource = () => AsyncIterable<RecordedStay>;

/** The first `limit` stays of a source. */
export function firstStays(source: StaySource, limit: number): StaySource {
  return async function* () {
    if (limit <= 0) return;
    let taken = 0;
    for await (const recorded of source()) {
      yield recorded;
      taken += 1;
      if (taken >= limit) return;
    }
  };
}

/** The stays of several sources, one source after the other. */
export function joinSources(sources: readonly StaySource[]): StaySource {
  return async function* () {
    for (const source of sources) yield* source();
  };
}
