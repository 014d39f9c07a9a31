import { DAY_MS } from '#clinical';
import type { DriftStanding, SignalDrift } from '#wire';
import { shareWords } from './release-words.js';

type Assessment = NonNullable<DriftStanding['assessment']>;

const KIND_WORDS: Readonly<Record<DriftStanding['flagged'][number], string>> = {
  values: 'measured values',
  missingness: 'what is measured at all',
  risk: 'risks',
  outcomes: 'deaths against risks',
};

/** Why there is nothing to compare with, or nothing to compare yet; undefined where there is. */
export function noDriftWords({ reference, releaseId, assessment }: DriftStanding): string | undefined {
  if (reference === 'unknown') return 'The trainer does not know yet which release is served.';
  if (reference === 'absent')
    return `No reference: ${releaseId ?? 'the champion'} carries no distributions of its training, so that drift cannot be told.`;
  return assessment === undefined ? 'No score of this release has been counted yet.' : undefined;
}

/** What is flagged, by which policy: `Flagged by drift-1: risks`. What was found on the newest days alone is said, too. */
export function flaggedWords({ policy, flagged, assessment }: DriftStanding): string {
  const words = (kinds: DriftStanding['flagged']): string => kinds.map((kind) => KIND_WORDS[kind]).join(', ');
  if (flagged.length > 0) return `Flagged by ${policy}: ${words(flagged)}`;
  const found = assessment?.found ?? [];
  return found.length > 0
    ? `Not flagged by ${policy} yet; found on the newest days: ${words(found)}`
    : `Nothing is flagged by ${policy}`;
}

/** Deaths beside what the risks made expect: `9 observed, 7.5 expected in 80 stays, ratio 1.20`. */
export function deathsWords({ outcomes: { outcomes, deaths, expected, ratio, deviations } }: Assessment): string {
  if (outcomes === 0) return 'no outcome is known yet';
  const said = `${deaths} observed, ${expected.toFixed(1)} expected in ${outcomes} stays`;
  const by = ratio === undefined ? '' : `, ratio ${ratio.toFixed(2)}`;
  if (deviations === undefined) return said + by;
  return `${said}${by}, ${Math.abs(deviations).toFixed(1)} standard deviations ${deviations < 0 ? 'fewer' : 'more'}`;
}

/** A figure of drift: two decimals, `–` where it is not defined. */
export function indexWords(value: number | undefined): string {
  return value === undefined ? '–' : value.toFixed(2);
}

/** A chance: `0.04`, `<0.001`; a dash where it is not defined. */
export function chanceWords(pValue: number | undefined): string {
  if (pValue === undefined) return '–';
  return pValue < 0.001 ? '<0.001' : String(Number(pValue.toPrecision(2)));
}

/** Share of windows without a measurement, now and in training: `40 % (10 %)`. */
export function missingWords({ shareMissing, referenceShareMissing }: SignalDrift): string {
  return `${shareWords(shareMissing)} (${shareWords(referenceShareMissing)})`;
}

const FOUND_WORDS = { values: 'values shifted', missingness: 'measured more or less often' } as const;

/** In what a signal lies beyond the policy's limits; a dash where it does not. */
export function foundWords({ found }: SignalDrift): string {
  return found.length === 0 ? '–' : found.map((kind) => FOUND_WORDS[kind]).join(', ');
}

/** Signals beyond the limits first, then by stability index, those without one last. */
export function orderSignals(signals: readonly SignalDrift[]): readonly SignalDrift[] {
  const index = ({ stabilityIndex }: SignalDrift): number => stabilityIndex ?? -1;
  return [...signals].sort((a, b) => Number(b.found.length > 0) - Number(a.found.length > 0) || index(b) - index(a));
}

/** Age of a day's counts at the log's clock: from the end of the day, so that the running day has none; undefined without a clock. */
export function dayAgeMs(dayMs: number, clockMs: number | undefined): number | undefined {
  return clockMs === undefined ? undefined : Math.max(0, clockMs - (dayMs + DAY_MS));
}
