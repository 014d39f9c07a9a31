import { MINUTE_MS, SIGNAL_IDS, signalDefinition, type SignalId } from '#clinical';

/** Hours that a window covers, the current one included. */
export const WINDOW_HOURS = 24;

/** Where a signal's slots lie among the slots of all signals. */
export interface SignalSlots {
  readonly signal: SignalId;
  /** Position of the first slot. */
  readonly first: number;
  /** Number of slots: 24 hours of them. */
  readonly count: number;
  readonly perHour: number;
  readonly slotMs: number;
}

/** Slots of every signal, in the catalogue's order, one signal after the other. */
export const SLOT_LAYOUT: readonly SignalSlots[] = layOut();

/** Number of slots of a window: 2,784 with the catalogue of 36 signals. */
export const SLOT_COUNT = SLOT_LAYOUT.reduce((sum, slots) => sum + slots.count, 0);

const LAYOUT_BY_SIGNAL = new Map(SLOT_LAYOUT.map((slots) => [slots.signal, slots]));

/** The slots of one signal. */
export function slotsOf(signal: SignalId): SignalSlots {
  return LAYOUT_BY_SIGNAL.get(signal)!;
}

function layOut(): SignalSlots[] {
  let first = 0;
  return SIGNAL_IDS.map((signal) => {
    const { slotMinutes } = signalDefinition(signal);
    const perHour = 60 / slotMinutes;
    const slots = { signal, first, count: WINDOW_HOURS * perHour, perHour, slotMs: slotMinutes * MINUTE_MS };
    first += slots.count;
    return slots;
  });
}
