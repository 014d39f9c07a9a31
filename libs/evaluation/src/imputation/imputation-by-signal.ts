import { imputationError, type ImputationError } from './imputation-error.js';
import { intervalCoverage } from './interval-coverage.js';
import { sampleCrps, type SampleCrps } from './sample-crps.js';

/** Hidden entries with what an imputer said of them, each in the unit that its signal is stored in. */
export interface ImputedEntries {
  /** [entry] name of the signal. */
  readonly signals: readonly string[];
  readonly truth: readonly number[];
  /** [entry] the single value, the median of samples as a rule. */
  readonly imputed: readonly number[];
  /** [entry][sample], where the imputer draws any. */
  readonly samples?: readonly ArrayLike<number>[];
}

/** Errors of one signal in its own unit. */
export interface SignalImputation extends ImputationError {
  readonly signal: string;
  /** Mean of imputed minus true: which way the imputer errs. */
  readonly bias: number;
  /** Absent where no samples were given. */
  readonly distribution?: SampleCrps & { readonly coverage50: number; readonly coverage90: number };
}

/**
 * Errors by signal, in the order of each signal's first entry. Give natural units: a millimetre of mercury says more to a reader than a share
 * of a standard deviation, and a scale that is not linear cannot be undone afterwards.
 */
export function imputationBySignal({ signals, truth, imputed, samples }: ImputedEntries): SignalImputation[] {
  for (const [name, column] of Object.entries({ truth, imputed, samples: samples ?? truth }))
    if (column.length !== signals.length)
      throw new RangeError(`${column.length} entries of ${name} but ${signals.length} signals: give one for each`);
  const entriesOfSignal = new Map<string, number[]>();
  signals.forEach((signal, entry) => {
    const entries = entriesOfSignal.get(signal);
    if (entries === undefined) entriesOfSignal.set(signal, [entry]);
    else entries.push(entry);
  });
  return [...entriesOfSignal].map(([signal, entries]) => {
    const target = entries.map((entry) => truth[entry]!);
    const values = entries.map((entry) => imputed[entry]!);
    const draws = samples === undefined ? undefined : entries.map((entry) => samples[entry]!);
    return {
      signal,
      ...imputationError(values, target),
      bias: values.reduce((sum, value, at) => sum + value - target[at]!, 0) / values.length,
      ...(draws === undefined ? {} : { distribution: distributionOf(draws, target) }),
    };
  });
}

function distributionOf(
  draws: readonly ArrayLike<number>[],
  truth: readonly number[],
): NonNullable<SignalImputation['distribution']> {
  return {
    ...sampleCrps(draws, truth),
    coverage50: intervalCoverage(draws, truth, 0.5),
    coverage90: intervalCoverage(draws, truth, 0.9),
  };
}
