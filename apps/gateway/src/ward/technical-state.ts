import type { LiveTechnicalState } from '#wire';
import type { AgesPolicy } from './ages-policy.js';
import type { StayRecord } from './stay-record.js';

/** What {@link technicalStateOf} looks at. */
export type TechnicalFacts = Pick<
  StayRecord,
  'admittedAtMs' | 'endedAtMs' | 'newestObservationAtMs' | 'unscoredSinceMs' | 'score'
>;

/**
 * The technical state of a bed at `clockMs` of the log's clock; see `LIVE_TECHNICAL_STATES` for what each means and which one comes first.
 */
export function technicalStateOf(stay: TechnicalFacts, clockMs: number, ages: AgesPolicy): LiveTechnicalState {
  if (stay.endedAtMs !== undefined) return 'ended';
  const ageMs = clockMs - (stay.newestObservationAtMs ?? stay.admittedAtMs);
  if (ageMs >= ages.silentAfterMs) return 'silent';
  if (ageMs >= ages.staleAfterMs) return 'stale';
  if (stay.score?.refusedBecause === 'model-unavailable') return 'model-unavailable';
  if (stay.score === undefined) return 'no-score-yet';
  const waitedMs = stay.unscoredSinceMs === undefined ? 0 : clockMs - stay.unscoredSinceMs;
  return waitedMs >= ages.scoreOverdueAfterMs ? 'score-overdue' : 'live';
}
