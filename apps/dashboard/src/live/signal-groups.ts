import { SIGNAL_SETS, type SignalId } from '#clinical';
import type { LiveStay } from '#wire';
import { SHOWN_SIGNALS } from '../words/signal-words.js';
import type { StayPast } from './trend-series.js';

/** A stay's signals as they are shown: the paper's eleven, the others that were measured, and those that never were. */
export interface SignalGroups {
  readonly paper: readonly SignalId[];
  readonly others: readonly SignalId[];
  readonly never: readonly SignalId[];
}

const PAPER: ReadonlySet<string> = new Set(SIGNAL_SETS['paper-11']);

/** Groups every signal of the catalogue by whether the stay has ever had a value of it. */
export function groupSignals(past: StayPast | undefined, stay: LiveStay | undefined): SignalGroups {
  const measured = new Set([...(past?.signals.keys() ?? []), ...(stay?.newest.map(({ signal }) => signal) ?? [])]);
  const known = SHOWN_SIGNALS.filter((signal) => measured.has(signal));
  return {
    paper: known.filter((signal) => PAPER.has(signal)),
    others: known.filter((signal) => !PAPER.has(signal)),
    never: SHOWN_SIGNALS.filter((signal) => !measured.has(signal)),
  };
}
