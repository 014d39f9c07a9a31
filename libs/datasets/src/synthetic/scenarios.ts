import type { SignalId, StayOutcome, StayStatic } from '#clinical';

/** A made-up course of an illness. Hours count from admission. */
export interface Scenario {
  /** Part of the stay's id. */
  readonly name: string;
  readonly static: StayStatic;
  readonly hours: number;
  readonly outcome: StayOutcome;
  /** 0 well, 1 as ill as a person who is about to die. */
  severityAt(hour: number): number;
  /** Hours in which the monitor and the devices send nothing. */
  readonly silentHours?: readonly [from: number, until: number];
  readonly ventilatedHours?: readonly [from: number, until: number];
  /** Factors on what full severity adds to a signal, where the illness differs from the general course. */
  readonly effects?: Partial<Record<SignalId, number>>;
}

/** The scenarios of synthetic stays, in the order in which they are handed out. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'septic-deterioration',
    static: { ageYears: 71, sex: 'male', ethnicity: 'white', heightCm: 176, weightKg: 84, unitType: 'medical' },
    hours: 40,
    outcome: 'died',
    severityAt: (hour) => 0.2 + 0.8 * smoothStep(6, 38, hour),
    ventilatedHours: [20, 40],
  },
  {
    name: 'septic-recovery',
    static: { ageYears: 58, sex: 'female', ethnicity: 'black', heightCm: 165, weightKg: 71, unitType: 'medical' },
    hours: 40,
    outcome: 'survived',
    severityAt: (hour) => 0.65 * smoothStep(-4, 5, hour) * (1 - smoothStep(9, 30, hour)) + 0.08,
  },
  {
    name: 'after-heart-surgery',
    static: { ageYears: 66, sex: 'male', ethnicity: 'asian', heightCm: 171, weightKg: 78, unitType: 'cardiac-surgery' },
    hours: 36,
    outcome: 'survived',
    severityAt: (hour) => 0.35 * (1 - smoothStep(2, 20, hour)) + 0.05,
    ventilatedHours: [0, 8],
    effects: { temperature: -1, 'white-cells': 0.5 },
  },
  {
    name: 'silent-feed',
    static: { ageYears: 47, sex: 'female', unitType: 'surgical' },
    hours: 36,
    outcome: 'survived',
    severityAt: () => 0.12,
    silentHours: [14, 19],
  },
  {
    name: 'bleeding',
    static: { ageYears: 52, sex: 'male', ethnicity: 'hispanic', heightCm: 180, weightKg: 92, unitType: 'surgical' },
    hours: 36,
    outcome: 'survived',
    severityAt: (hour) => 0.08 + 0.55 * smoothStep(8, 13, hour) * (1 - smoothStep(15, 26, hour)),
    effects: { haemoglobin: 7, temperature: -0.4, 'white-cells': 0.3 },
  },
  {
    name: 'respiratory-failure',
    static: { ageYears: 79, sex: 'female', ethnicity: 'white', heightCm: 160, weightKg: 55, unitType: 'mixed' },
    hours: 42,
    outcome: 'died',
    severityAt: (hour) => 0.35 + 0.6 * smoothStep(12, 42, hour) - 0.15 * smoothStep(3, 9, hour),
    ventilatedHours: [3, 42],
    effects: { spo2: 1.6, 'respiratory-rate': 1.2, paco2: 2.5, temperature: 0.5 },
  },
];

/** Rises from 0 at `from` to 1 at `until` without a corner. */
function smoothStep(from: number, until: number, hour: number): number {
  const share = Math.min(1, Math.max(0, (hour - from) / (until - from)));
  return share * share * (3 - 2 * share);
}
