import { DAY_MS, isSignalId, SIGNAL_IDS, type SignalId } from '#clinical';

/** What to read of a stay's past. */
export interface TrendQuery {
  /** Inclusive, epoch milliseconds. */
  readonly fromMs: number;
  /** Exclusive, epoch milliseconds. */
  readonly toMs: number;
  /** In the catalogue's order. */
  readonly signals: readonly SignalId[];
}

/** Longest stretch of one request. */
export const MAX_TREND_SPAN_MS = 31 * DAY_MS;

/**
 * Reads the query of a trends request.
 *
 * @param defaults used where `from` or `to` is not given
 * @returns the query, or in one sentence what is wrong with it
 */
export function readTrendQuery(
  given: Readonly<Record<string, unknown>>,
  defaults: { readonly fromMs: number; readonly toMs: number },
): TrendQuery | string {
  const fromMs = time(given['from'], defaults.fromMs);
  const toMs = time(given['to'], defaults.toMs);
  if (fromMs === undefined || toMs === undefined) return '"from" and "to" are whole epoch milliseconds';
  if (fromMs >= toMs) return '"from" must be before "to"';
  if (toMs - fromMs > MAX_TREND_SPAN_MS) return `at most ${MAX_TREND_SPAN_MS / DAY_MS} days can be asked for at once`;
  const signals = signalsOf(given['signals']);
  return typeof signals === 'string' ? signals : { fromMs, toMs, signals };
}

function time(given: unknown, otherwise: number): number | undefined {
  if (given === undefined) return otherwise;
  return typeof given === 'string' && /^\d{1,15}$/.test(given) ? Number(given) : undefined;
}

function signalsOf(given: unknown): readonly SignalId[] | string {
  if (given === undefined) return SIGNAL_IDS;
  if (typeof given !== 'string') return '"signals" is given once, its names separated by commas';
  const names = given.split(',').filter((name) => name !== '');
  const unknown = names.find((name) => !isSignalId(name));
  if (unknown !== undefined) return `"${unknown.slice(0, 64)}" is no signal of the catalogue`;
  return SIGNAL_IDS.filter((signal) => names.includes(signal));
}
