import type { StayStatic } from '#clinical';
import type { ReadReport } from './read-report.js';

/** Closed ranges of what an adult can be; outside of them a descriptor is a mistake and is taken as unknown. */
const ADULT_RANGES = { ageYears: [0, 120], heightCm: [100, 250], weightKg: [20, 400] } as const;

/** Numbers of {@link StayStatic}. */
export type NumericDescriptor = keyof typeof ADULT_RANGES;

/** Age below which a stay is left out: what is learned here is about adults. */
export const YOUNGEST_YEARS = 16;

/** A descriptor's number, or nothing (counted) when the text is empty, -1 or impossible. */
export function numericDescriptor(
  name: NumericDescriptor,
  text: string | undefined,
  report: ReadReport,
): Pick<StayStatic, NumericDescriptor> {
  const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isNaN(value) || value === -1) {
    report.skipValue('unknown-value', name);
    return {};
  }
  const [low, high] = ADULT_RANGES[name];
  if (value >= low && value <= high) return { [name]: value };
  report.skipValue('impossible-value', name);
  return {};
}

/** A descriptor by its name, or nothing (counted) when it is not known. */
export function knownDescriptor<Field extends keyof StayStatic>(
  field: Field,
  value: StayStatic[Field],
  report: ReadReport,
): Pick<StayStatic, Field> | object {
  if (value !== undefined) return { [field]: value };
  report.skipValue('unknown-value', field);
  return {};
}
