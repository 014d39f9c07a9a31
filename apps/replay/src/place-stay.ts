import { shiftStay, type RecordedStay } from '#datasets';

/** Where and when recorded stays are put. */
export interface Placement {
  /** When the first stay is admitted, epoch milliseconds. */
  readonly anchorMs: number;
  /** Time between two admissions; 0 admits all at once. */
  readonly staggerMs: number;
  /** Beds in a ward. */
  readonly wardSize: number;
  /** Put before every stay's id, so that a second replay is of other stays. */
  readonly stayIdPrefix: string;
}

/** When the stay of this index (0-based) is admitted. */
export function admissionMs(index: number, { anchorMs, staggerMs }: Placement): number {
  return anchorMs + index * staggerMs;
}

/** The stay of this index (0-based) in its bed and at its date. Wards are filled one after the other. */
export function placeStay(recorded: RecordedStay, index: number, placement: Placement): RecordedStay {
  const { wardSize, stayIdPrefix } = placement;
  const shifted = shiftStay(recorded, admissionMs(index, placement));
  const ward = `ward-${String(Math.floor(index / wardSize) + 1).padStart(2, '0')}`;
  const bed = `bed-${String((index % wardSize) + 1).padStart(2, '0')}`;
  return { ...shifted, stay: { ...shifted.stay, stayId: `${stayIdPrefix}${shifted.stay.stayId}`, ward, bed } };
}
