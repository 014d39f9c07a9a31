import type { SignalId } from '#clinical';

/** Why a row or value of a data set was left out. Closed set, each counted. */
export const VALUE_SKIPS = [
  'malformed-row',
  'empty-parameter-name',
  'unknown-parameter',
  'unknown-value',
  'unit-unknown',
  'impossible-value',
  'before-admission',
  'after-end',
  'stay-unknown',
  'outside-stay',
  'marked-as-error',
  'venous-specimen',
  'incomplete-score',
] as const;

/** One of {@link VALUE_SKIPS}. */
export type ValueSkip = (typeof VALUE_SKIPS)[number];

/** Why a whole stay was left out. */
export const STAY_SKIPS = ['no-series', 'under-16', 'malformed-stay'] as const;

/** One of {@link STAY_SKIPS}. */
export type StaySkip = (typeof STAY_SKIPS)[number];

const MAX_NAMES = 200;

/** What a reading took and what it left out, and why. Grows while stays are read; complete at the end. */
export class ReadReport {
  stays = 0;
  staysWithoutOutcome = 0;
  observations = 0;
  readonly skippedStays: Record<StaySkip, number> = zeros(STAY_SKIPS);
  readonly skippedValues: Record<ValueSkip, number> = zeros(VALUE_SKIPS);
  /** Left-out values by `reason name`, such as `impossible-value heart-rate`; the first 200 names are kept. */
  readonly skippedByName = new Map<string, number>();
  /** What the data set as given does not hold, such as a table that was left out of the download; sentences. */
  readonly notes: string[] = [];

  skipStay(reason: StaySkip): void {
    this.skippedStays[reason] += 1;
  }

  /**
   * @param name the signal, parameter or descriptor, as far as there is one
   * @param times how many values are left out for this reason. @default 1
   */
  skipValue(reason: ValueSkip, name?: SignalId | (string & {}), times = 1): void {
    if (times === 0) return;
    this.skippedValues[reason] += times;
    if (name === undefined || name === '') return;
    const key = `${reason} ${name}`;
    const count = this.skippedByName.get(key);
    if (count !== undefined || this.skippedByName.size < MAX_NAMES) this.skippedByName.set(key, (count ?? 0) + times);
  }

  takeStay(observations: number, hasOutcome: boolean): void {
    this.stays += 1;
    this.observations += observations;
    if (!hasOutcome) this.staysWithoutOutcome += 1;
  }

  /** The report in a few lines for people; counts of zero are left out. */
  toText(): string {
    const lines = [
      `stays ${this.stays} (without outcome ${this.staysWithoutOutcome}), observations ${this.observations}`,
      ...countsLine('stays left out', this.skippedStays),
      ...countsLine('values left out', this.skippedValues),
      ...this.notes,
    ];
    return lines.join('\n');
  }
}

function countsLine(title: string, counts: Readonly<Record<string, number>>): string[] {
  const parts = Object.entries(counts).filter(([, count]) => count > 0);
  return parts.length === 0 ? [] : [`${title}: ${parts.map(([reason, count]) => `${reason} ${count}`).join(', ')}`];
}

function zeros<Name extends string>(names: readonly Name[]): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
}
