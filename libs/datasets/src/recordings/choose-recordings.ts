import type { StayStatic } from '#clinical';
import { partOf } from '../part-of.js';
import type { RecordedStay } from '../recorded-stay.js';

const UNIT_TYPES: readonly StayStatic['unitType'][] = ['medical', 'surgical', 'cardiac-surgery'];
const OUTCOMES = ['died', 'survived'] as const;

/** Enough signals for a full score, and few enough rows that the recordings stay small. */
const LEAST_SIGNALS = 24;
const MOST_OBSERVATIONS = 620;
const FIRST_HOURS_MS = 3 * 3_600_000;

/**
 * Chooses stays to ship as recordings: of each kind of unit the first that died and the first that survived, among those of the test
 * part of the split, so that no shipped model has learned from them.
 */
export async function chooseRecordings(stays: AsyncIterable<RecordedStay>): Promise<readonly RecordedStay[]> {
  const wanted = new Set(UNIT_TYPES.flatMap((unitType) => OUTCOMES.map((outcome) => `${unitType} ${outcome}`)));
  const chosen: RecordedStay[] = [];
  for await (const recorded of stays) {
    const kind = `${recorded.stay.static.unitType} ${recorded.outcome}`;
    if (!wanted.has(kind) || !isWorthShipping(recorded)) continue;
    wanted.delete(kind);
    chosen.push(recorded);
    if (wanted.size === 0) break;
  }
  return chosen;
}

function isWorthShipping({ patientId, observations }: RecordedStay): boolean {
  if (partOf(patientId) !== 'test' || observations.length > MOST_OBSERVATIONS) return false;
  const startsSoon = (observations[0]?.availableAtMs ?? Infinity) < FIRST_HOURS_MS;
  return startsSoon && new Set(observations.map(({ signal }) => signal)).size >= LEAST_SIGNALS;
}
