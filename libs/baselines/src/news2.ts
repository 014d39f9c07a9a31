import { HOUR_MS, type SignalId } from '#clinical';

/** The seven parts of NEWS2. */
export const NEWS2_PARTS = [
  'respiratory-rate',
  'spo2',
  'oxygen',
  'systolic-pressure',
  'heart-rate',
  'consciousness',
  'temperature',
] as const;

/** One of {@link NEWS2_PARTS}. */
export type News2Part = (typeof NEWS2_PARTS)[number];

/** A NEWS2, as far as its parts are known. */
export interface News2 {
  /** Sum of the known parts, 0 to 20; a lower bound while parts are missing. */
  readonly total: number;
  /** Points of each known part, 0 to 3. */
  readonly parts: Readonly<Partial<Record<News2Part, number>>>;
  readonly missing: readonly News2Part[];
}

/** Looks up the newest value of a signal in its stored unit. */
export type LatestLookup = (signal: SignalId) => { readonly value: number; readonly effectiveAtMs: number } | undefined;

/** Older values do not count: 12 hours is the longest monitoring interval that NEWS2 allows. */
const MAX_AGE_MS = 12 * HOUR_MS;

/** Rows of [upper bound, points], lowest first; the last bound is infinite. */
type Bands = readonly (readonly [upTo: number, points: number])[];

const ROUNDED_BANDS: Readonly<Record<'respiratory-rate' | 'spo2' | 'systolic-pressure' | 'heart-rate', Bands>> = {
  'respiratory-rate': [
    [8, 3],
    [11, 1],
    [20, 0],
    [24, 2],
    [Infinity, 3],
  ],
  spo2: [
    [91, 3],
    [93, 2],
    [95, 1],
    [Infinity, 0],
  ],
  'systolic-pressure': [
    [90, 3],
    [100, 2],
    [110, 1],
    [219, 0],
    [Infinity, 3],
  ],
  'heart-rate': [
    [40, 3],
    [50, 1],
    [90, 0],
    [110, 1],
    [130, 2],
    [Infinity, 3],
  ],
};
const TEMPERATURE_BANDS: Bands = [
  [35.0, 3],
  [36.0, 1],
  [38.0, 0],
  [39.0, 1],
  [Infinity, 2],
];

const FULL_CONSCIOUSNESS = 15;
const ROOM_AIR_PERCENT = 21;

/**
 * National Early Warning Score 2 (Royal College of Physicians, 2017), SpO2 scale 1.
 *
 * Oxygen is read from FiO2 (more than 21 % scores 2), consciousness from the Glasgow coma scale (less than 15 scores 3); SaO2 stands in
 * where SpO2 is not known. Values are rounded as on the chart: whole numbers, temperature to a tenth. A part without a value of the
 * last 12 hours is missing, never assumed to be normal.
 *
 * @param asOfMs event time of the score, epoch milliseconds
 */
export function news2(latest: LatestLookup, asOfMs: number): News2 {
  const recent = (signal: SignalId): number | undefined => {
    const found = latest(signal);
    return found && asOfMs - found.effectiveAtMs <= MAX_AGE_MS ? found.value : undefined;
  };
  const parts: Partial<Record<News2Part, number>> = {};
  const missing: News2Part[] = [];
  for (const part of NEWS2_PARTS) {
    const points = pointsOf(part, recent);
    if (points === undefined) missing.push(part);
    else parts[part] = points;
  }
  return { total: Object.values(parts).reduce((sum, points) => sum + points, 0), parts, missing };
}

function pointsOf(part: News2Part, recent: (signal: SignalId) => number | undefined): number | undefined {
  switch (part) {
    case 'oxygen':
      return whenKnown(recent('fio2'), (percent) => (percent > ROOM_AIR_PERCENT ? 2 : 0));
    case 'consciousness':
      return whenKnown(recent('glasgow-coma-scale'), (score) => (score < FULL_CONSCIOUSNESS ? 3 : 0));
    case 'temperature':
      return whenKnown(recent(part), (celsius) => pointsIn(TEMPERATURE_BANDS, Math.round(celsius * 10) / 10));
    case 'spo2':
      return whenKnown(recent(part) ?? recent('sao2'), (percent) => pointsIn(ROUNDED_BANDS[part], Math.round(percent)));
    default:
      return whenKnown(recent(part), (value) => pointsIn(ROUNDED_BANDS[part], Math.round(value)));
  }
}

function whenKnown(value: number | undefined, points: (value: number) => number): number | undefined {
  return value === undefined ? undefined : points(value);
}

function pointsIn(bands: Bands, value: number): number {
  return bands.find(([upTo]) => value <= upTo)![1];
}
