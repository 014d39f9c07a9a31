import type { StayStatic } from '#clinical';

/** Mean and standard deviation of one static measurement over training stays. */
export interface StaticScale {
  readonly mean: number;
  readonly sd: number;
}

/** Scales of the three static measurements. */
export interface StaticScales {
  readonly ageYears: StaticScale;
  readonly heightCm: StaticScale;
  readonly weightKg: StaticScale;
}

const MEASURED = ['ageYears', 'heightCm', 'weightKg'] as const;
const SEXES = ['female', 'male'] as const;
const UNIT_TYPES = ['coronary', 'cardiac-surgery', 'medical', 'surgical', 'mixed', 'neuro'] as const;
const ETHNICITIES = ['asian', 'black', 'hispanic', 'white', 'other'] as const;
/** Beyond these hours a stay's age is no longer told apart. */
const LONGEST_STAY_HOURS = 168;
const STATIC_LIMIT = 4;

/** Names of the numbers that describe a stay, in the order in which a network reads them. Part of the bundle's schema. */
export const STATIC_FEATURES: readonly string[] = [
  ...MEASURED.flatMap((name) => [name, `${name}Known`]),
  ...SEXES.map((sex) => `sex:${sex}`),
  ...UNIT_TYPES.map((unit) => `unitType:${unit}`),
  ...ETHNICITIES.map((ethnicity) => `ethnicity:${ethnicity}`),
  'daysSinceAdmission',
  'logHoursSinceAdmission',
];

/**
 * The numbers that describe a stay: what is unknown is 0 and its known flag 0 (one-hot groups are all 0).
 *
 * @param hoursSinceAdmission at the window's end; values before admission count as 0
 * @returns [{@link STATIC_FEATURES}.length]
 */
export function encodeStatic(known: StayStatic, hoursSinceAdmission: number, scales: StaticScales): Float32Array {
  const hours = Math.min(LONGEST_STAY_HOURS, Math.max(0, hoursSinceAdmission));
  return Float32Array.from([
    ...MEASURED.flatMap((name) => measured(known[name], scales[name])),
    ...SEXES.map((sex) => Number(known.sex === sex)),
    ...UNIT_TYPES.map((unit) => Number(known.unitType === unit)),
    ...ETHNICITIES.map((ethnicity) => Number(known.ethnicity === ethnicity)),
    Math.min(hours, 72) / 24 - 1,
    Math.log1p(hours) / Math.log1p(24) - 1,
  ]);
}

/** Fits the scales of static measurements on training stays. */
export function fitStaticScales(training: readonly StayStatic[]): StaticScales {
  return {
    ageYears: scaleOf(training, 'ageYears', { mean: 62, sd: 17 }),
    heightCm: scaleOf(training, 'heightCm', { mean: 170, sd: 11 }),
    weightKg: scaleOf(training, 'weightKg', { mean: 82, sd: 24 }),
  };
}

function measured(value: number | undefined, { mean, sd }: StaticScale): [number, number] {
  if (value === undefined) return [0, 0];
  return [Math.max(-STATIC_LIMIT, Math.min(STATIC_LIMIT, (value - mean) / sd)), 1];
}

/** Mean and deviation of what is known; the usual adult's where fewer than two stays know it. */
function scaleOf(training: readonly StayStatic[], name: (typeof MEASURED)[number], usual: StaticScale): StaticScale {
  const values = training.map((stay) => stay[name]).filter((value) => value !== undefined);
  if (values.length < 2) return usual;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return sd > 0 ? { mean, sd } : usual;
}
