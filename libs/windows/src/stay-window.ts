import { HOUR_MS, OBSERVATION_SOURCES, type Observation, type SignalId } from '#clinical';
import { SLOT_COUNT, SLOT_LAYOUT, slotsOf, WINDOW_HOURS, type SignalSlots } from './slot-layout.js';
import { SlotTable, type RegisterResult, type SlotEntry } from './slot-table.js';

/** What became of an observation that was merged into a window. */
export type MergeResult = RegisterResult | 'late';

/** The last value of a signal in a window. */
export interface LatestValue {
  /** Stored unit. */
  readonly value: number;
  /** To the second, epoch milliseconds. */
  readonly effectiveAtMs: number;
  readonly source: Observation['source'];
}

/** Largest delay that a slot can hold; longer ones are kept as this. */
const MAX_DELAY = 65_535;
/** Unit in which a slot counts the delay until a value was available. */
export const DELAY_UNIT_MS = 2_000;

/**
 * The last 24 hours of one stay, by hourly bins that count from admission; the last bin is the hour of the newest event.
 *
 * A join-semilattice: {@link merge} and {@link join} are commutative, associative and idempotent, so that neither the order nor the
 * repetition of what arrives can change the window that it leaves. Hours before admission may be held (values taken on the way to
 * the ICU). Holds {@link StayWindow.byteLength} bytes, whatever it is fed.
 */
export class StayWindow {
  readonly #table = new SlotTable(SLOT_COUNT);
  #endHour = 0;
  #eventTimeMs: number | undefined;

  /** @param admittedAtMs epoch milliseconds from which the hours are counted */
  constructor(readonly admittedAtMs: number) {}

  /** Hour since admission of the newest bin; 0 until something later arrives. */
  get endHour(): number {
    return this.#endHour;
  }

  /** Greatest effective time merged, epoch milliseconds; undefined while the window is empty. */
  get eventTimeMs(): number | undefined {
    return this.#eventTimeMs;
  }

  /** Start of the oldest bin, epoch milliseconds. What is older is `late`. */
  get windowStartMs(): number {
    return this.admittedAtMs + this.oldestHour * HOUR_MS;
  }

  /** Hour since admission of the oldest bin; negative during the first day. */
  get oldestHour(): number {
    return this.#endHour - WINDOW_HOURS + 1;
  }

  /** Bytes of state; 22,272 with the catalogue of 36 signals. */
  get byteLength(): number {
    return this.#table.byteLength;
  }

  /**
   * Merges an observation that has passed the checks of unit and plausibility.
   *
   * Effective times count to the second and delays to two seconds. Throws a RangeError for a value or time that is not finite, which
   * is a fault of the caller.
   */
  merge(observation: Observation): MergeResult {
    const { value, effectiveAtMs, availableAtMs } = observation;
    if (!Number.isFinite(Math.fround(value) + effectiveAtMs + availableAtMs)) {
      throw new RangeError('an observation needs a finite value and finite times; check them before merging');
    }
    const sinceAdmissionMs = effectiveAtMs - this.admittedAtMs;
    const hour = Math.floor(sinceAdmissionMs / HOUR_MS);
    if (hour < this.oldestHour) return 'late';
    this.#advanceTo(hour, effectiveAtMs);
    const slots = slotsOf(observation.signal);
    const inHourMs = sinceAdmissionMs - hour * HOUR_MS;
    const slotInHour = Math.floor(inHourMs / slots.slotMs);
    return this.#table.offer(slotPosition(slots, hour, slotInHour), {
      offsetS: Math.floor((inHourMs - slotInHour * slots.slotMs) / 1000),
      delay: Math.min(MAX_DELAY, Math.max(0, Math.floor((availableAtMs - effectiveAtMs) / DELAY_UNIT_MS))),
      source: OBSERVATION_SOURCES.indexOf(observation.source),
      value: Math.fround(value) + 0,
    });
  }

  /** Merges another window of the same stay into this one. Throws when the admission times differ. */
  join(other: StayWindow): void {
    if (other.admittedAtMs !== this.admittedAtMs) {
      throw new RangeError('windows with different admission times cannot be joined; they are different stays');
    }
    if (other.eventTimeMs !== undefined) this.#advanceTo(other.endHour, other.eventTimeMs);
    for (const slots of SLOT_LAYOUT) {
      other.forEachSlot(slots.signal, (hour, slotInHour, entry) => this.restoreSlot(slots, hour, slotInHour, entry));
    }
  }

  /** Calls back for every occupied slot of a signal, oldest first. */
  forEachSlot(signal: SignalId, visit: (hour: number, slotInHour: number, entry: SlotEntry) => void): void {
    const slots = slotsOf(signal);
    for (let hour = this.oldestHour; hour <= this.#endHour; hour++) {
      const first = slotPosition(slots, hour, 0);
      for (let slotInHour = 0; slotInHour < slots.perHour; slotInHour++) {
        const entry = this.#table.entry(first + slotInHour);
        if (entry) visit(hour, slotInHour, entry);
      }
    }
  }

  /** Offers an entry read from elsewhere (a snapshot, another window) to its slot; one that is older than the window is left out. */
  restoreSlot(slots: SignalSlots, hour: number, slotInHour: number, entry: SlotEntry): void {
    if (hour < this.oldestHour) return;
    this.#table.offer(slotPosition(slots, hour, slotInHour), entry);
  }

  /** Takes up the extent of a window that was written before; only grows. */
  restoreExtent(endHour: number, eventTimeMs: number | undefined): void {
    if (eventTimeMs !== undefined) this.#advanceTo(endHour, eventTimeMs);
  }

  /** Newest value of a signal, or undefined when the window holds none. */
  latest(signal: SignalId): LatestValue | undefined {
    const slots = slotsOf(signal);
    for (let hour = this.#endHour; hour >= this.oldestHour; hour--) {
      const first = slotPosition(slots, hour, 0);
      for (let slotInHour = slots.perHour - 1; slotInHour >= 0; slotInHour--) {
        const entry = this.#table.entry(first + slotInHour);
        if (!entry) continue;
        const atMs = this.admittedAtMs + hour * HOUR_MS + slotInHour * slots.slotMs + entry.offsetS * 1000;
        return { value: entry.value, effectiveAtMs: atMs, source: OBSERVATION_SOURCES[entry.source]! };
      }
    }
    return undefined;
  }

  #advanceTo(hour: number, effectiveAtMs: number): void {
    this.#eventTimeMs = Math.max(this.#eventTimeMs ?? effectiveAtMs, effectiveAtMs);
    if (hour <= this.#endHour) return;
    const passed = Math.min(hour - this.#endHour, WINDOW_HOURS);
    for (let step = 0; step < passed; step++) this.#clearHour(hour - step);
    this.#endHour = hour;
  }

  #clearHour(hour: number): void {
    for (const slots of SLOT_LAYOUT) {
      const first = slotPosition(slots, hour, 0);
      this.#table.clear(first, first + slots.perHour);
    }
  }
}

/** Position in the table of a slot of an hour; hours share positions with the hour a day before. */
function slotPosition(slots: SignalSlots, hour: number, slotInHour: number): number {
  const hourInDay = ((hour % WINDOW_HOURS) + WINDOW_HOURS) % WINDOW_HOURS;
  return slots.first + hourInDay * slots.perHour + slotInHour;
}
