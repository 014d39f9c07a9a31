import { isPlausible, OBSERVATION_SOURCES, SIGNAL_IDS, signalDefinition, toStoredUnit } from '#clinical';
import type { Observation, ObservationSource, SignalId } from '#clinical';
import type { ReadReport } from './read-report.js';
import type { ResultDelay } from './result-delay.js';

/** One value of a data set's file, before it is checked. */
export interface FoundValue {
  readonly signal: SignalId;
  readonly value: number;
  /** UCUM; absent means the stored unit. */
  readonly unit?: string;
  readonly effectiveAtMs: number;
  readonly source: ObservationSource;
  /** When the value could be seen, where the data set says it; else the simulated delay is added to `knownAtMs`. */
  readonly availableAtMs?: number;
  /** From when the delay counts. @default effectiveAtMs */
  readonly knownAtMs?: number;
  /** The signal whose delay this value has, when it is not its own: a saturation computed from a blood gas comes with the gas. */
  readonly delayOf?: SignalId;
}

const SIGNAL_RANK = new Map<SignalId, number>(SIGNAL_IDS.map((signal, rank) => [signal, rank]));
const SOURCE_RANK = new Map<ObservationSource, number>(OBSERVATION_SOURCES.map((source, rank) => [source, rank]));

/** Collects one stay's observations: converts units, refuses what is impossible, adds the delay of results, sorts by availability. */
export class ObservationCollector {
  readonly #stayId: string;
  readonly #endedAtMs: number;
  readonly #delay: ResultDelay;
  readonly #report: ReadReport;
  readonly #observations: Observation[] = [];

  /** @param endedAtMs relative to admission; what becomes available later is left out as `after-end` */
  constructor(stayId: string, endedAtMs: number, delay: ResultDelay, report: ReadReport) {
    this.#stayId = stayId;
    this.#endedAtMs = endedAtMs;
    this.#delay = delay;
    this.#report = report;
  }

  /** Takes a value, or counts in the report why not. */
  add(found: FoundValue): void {
    const { signal, effectiveAtMs, source } = found;
    const value = toStoredUnit(signal, found.value, found.unit ?? signalDefinition(signal).unit);
    if (value === undefined) return this.#report.skipValue('unit-unknown', `${signal} ${found.unit}`);
    if (!isPlausible(signal, value)) return this.#report.skipValue('impossible-value', signal);
    if (effectiveAtMs < 0) return this.#report.skipValue('before-admission', signal);
    const availableAtMs = Math.max(effectiveAtMs, found.availableAtMs ?? this.#simulated(found));
    if (availableAtMs > this.#endedAtMs) return this.#report.skipValue('after-end', signal);
    this.#observations.push({ signal, value: rounded(value), effectiveAtMs, availableAtMs, source });
  }

  /** The observations by availability; equal times in the order of effective time, catalogue, source and value. */
  finish(): readonly Observation[] {
    return this.#observations.sort(byAvailability);
  }

  #simulated({ signal, effectiveAtMs, knownAtMs, delayOf }: FoundValue): number {
    return (knownAtMs ?? effectiveAtMs) + this.#delay.delayMs(this.#stayId, delayOf ?? signal, effectiveAtMs);
  }
}

/** Whether anything but the weight was recorded. */
export function hasSeries(observations: readonly Observation[]): boolean {
  return observations.some(({ signal }) => signal !== 'weight');
}

/** Order in which a replay emits observations. Total: equal only for equal observations. */
export function byAvailability(left: Observation, right: Observation): number {
  return (
    left.availableAtMs - right.availableAtMs ||
    left.effectiveAtMs - right.effectiveAtMs ||
    SIGNAL_RANK.get(left.signal)! - SIGNAL_RANK.get(right.signal)! ||
    SOURCE_RANK.get(left.source)! - SOURCE_RANK.get(right.source)! ||
    left.value - right.value
  );
}

/** Rounds away what unit conversion adds behind the sixth significant digit. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
