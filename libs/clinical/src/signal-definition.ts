/** How the values of one hour become the value of its bin. */
export type HourlySummary = 'mean' | 'last' | 'sum';

/** Who takes the value: the bedside (monitor, ventilator, nurse) or a laboratory. */
export type SignalKind = 'vital' | 'laboratory';

/** Converts an accepted unit to the stored one: `stored = value * factor + offset`. */
export interface UnitConversion {
  readonly factor: number;
  readonly offset: number;
}

/** One entry of the signal catalogue. */
export interface SignalDefinition {
  /** Name for people, in English. */
  readonly name: string;
  readonly kind: SignalKind;
  /** Stored unit, UCUM. */
  readonly unit: string;
  /** Every unit that is accepted besides the stored one, with its conversion. */
  readonly acceptedUnits: Readonly<Record<string, UnitConversion>>;
  /** LOINC codes that mean this signal. */
  readonly loinc: readonly string[];
  /** ISO/IEEE 11073-10101 (MDC) codes that mean this signal. */
  readonly mdc: readonly number[];
  /** Closed range of physiologically possible values in the stored unit; outside of it a value is `implausible`. */
  readonly plausible: readonly [low: number, high: number];
  /** Width of a window slot in minutes; divides 60. */
  readonly slotMinutes: 5 | 15 | 60;
  readonly hourly: HourlySummary;
  /** Records say when it happened and are silent otherwise: no value means "not said", and an imputed one means nothing. */
  readonly presenceOnly?: true;
}
