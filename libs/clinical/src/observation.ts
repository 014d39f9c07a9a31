import type { SignalId } from './signal-catalogue.js';

/**
 * Where a value comes from, weakest first. The order is the third key of a window slot's register: of two values with the same
 * effective and available time the one from the stronger source stays. Append only: the position is part of the snapshot format.
 */
export const OBSERVATION_SOURCES = [
  'derived',
  'manual',
  'cuff',
  'monitor',
  'arterial-line',
  'device',
  'laboratory',
] as const;

/** One of {@link OBSERVATION_SOURCES}; `derived` marks a value computed from another signal. */
export type ObservationSource = (typeof OBSERVATION_SOURCES)[number];

/** One value of one signal of one stay. */
export interface Observation {
  readonly signal: SignalId;
  /** In the catalogue's stored unit. */
  readonly value: number;
  /** When the value was true of the patient (drawn, measured), epoch milliseconds. */
  readonly effectiveAtMs: number;
  /** When the value could first be seen by anyone, epoch milliseconds; never before `effectiveAtMs`. */
  readonly availableAtMs: number;
  readonly source: ObservationSource;
}
