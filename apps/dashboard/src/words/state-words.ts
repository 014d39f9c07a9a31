import type { LiveBed, LiveTechnicalState } from '#wire';

/** How much a technical state asks of the eye. */
export type StateKind = 'well' | 'doubt' | 'trouble' | 'over';

const WORDS: Readonly<Record<LiveTechnicalState, string>> = {
  ended: 'ended',
  silent: 'silent',
  stale: 'stale',
  'model-unavailable': 'model unavailable',
  'no-score-yet': 'no score yet',
  'score-overdue': 'score overdue',
  live: 'live',
};

const KINDS: Readonly<Record<LiveTechnicalState, StateKind>> = {
  ended: 'over',
  silent: 'trouble',
  stale: 'doubt',
  'model-unavailable': 'trouble',
  'no-score-yet': 'doubt',
  'score-overdue': 'doubt',
  live: 'well',
};

const REFUSALS = {
  'too-little-data': 'too little data',
  'too-early': 'too early',
  'model-unavailable': 'model unavailable',
} as const;

/** A bed's technical state in words; a live bed whose score was refused says why. */
export function stateWords(bed: Pick<LiveBed, 'technicalState' | 'refusedBecause'>): string {
  if (bed.technicalState === 'live' && bed.refusedBecause) return REFUSALS[bed.refusedBecause];
  return WORDS[bed.technicalState];
}

/** What a bed's technical state asks of the eye. */
export function stateKind(bed: Pick<LiveBed, 'technicalState' | 'refusedBecause'>): StateKind {
  if (bed.technicalState === 'live' && bed.refusedBecause) return 'doubt';
  return KINDS[bed.technicalState];
}

/** A sentence about the state, for the stay's page and for screen readers. */
export const STATE_SENTENCES: Readonly<Record<LiveTechnicalState, string>> = {
  ended: 'The stay is over; the figures are its last.',
  silent: 'Nothing has been heard from this bed for long: the figures are old.',
  stale: 'The newest observation is getting old.',
  'model-unavailable': 'The model could not compute the newest score.',
  'no-score-yet': 'Observations arrive, but no score has come yet.',
  'score-overdue': 'Observations go on, but the newest score is old.',
  live: 'Observations and scores arrive.',
};

/** A count of beds in one state. */
export interface StateCount {
  readonly words: string;
  readonly kind: StateKind;
  readonly beds: number;
}

/** How many beds are in each state that is not plainly live, most troubled first; the words also filter the ward. */
export function countStates(beds: Iterable<LiveBed>): StateCount[] {
  const counts = new Map<string, StateCount>();
  for (const bed of beds) {
    const words = stateWords(bed);
    const kind = stateKind(bed);
    if (kind === 'well') continue;
    counts.set(words, { words, kind, beds: (counts.get(words)?.beds ?? 0) + 1 });
  }
  const rank: Record<StateKind, number> = { trouble: 0, doubt: 1, over: 2, well: 3 };
  return [...counts.values()].sort((a, b) => rank[a.kind] - rank[b.kind] || b.beds - a.beds);
}
