import type { GridStay, OutcomeGrid } from '#baselines';
import type { SignalId } from '#clinical';

/** A window for a test: rows of hours by signal, null where missing. */
export interface WindowForTest {
  /** Stored units, which here are the normalised ones too. */
  readonly hours: readonly (readonly (number | null)[])[];
  readonly static?: readonly number[];
  readonly died?: boolean;
  readonly severityScores?: GridStay['severityScores'];
}

/** Lays windows out as methods read them. */
export function gridOf(signalIds: readonly SignalId[], windows: readonly WindowForTest[]): OutcomeGrid {
  const entries = windows.flatMap(({ hours }) => hours.flat());
  return {
    count: windows.length,
    signalIds,
    hours: windows[0]?.hours[0]?.length ?? 0,
    staticSize: windows[0]?.static?.length ?? 0,
    values: Float32Array.from(entries, (value) => value ?? 0),
    mask: Float32Array.from(entries, (value) => (value === null ? 0 : 1)),
    static: Float32Array.from(windows.flatMap((window) => window.static ?? [])),
    stored: Float32Array.from(entries, (value) => value ?? NaN),
    stays: windows.map(({ severityScores }) => ({
      static: {},
      hoursSinceAdmission: 24,
      ...(severityScores && { severityScores }),
    })),
    labels: Float32Array.from(windows, ({ died }) => Number(died ?? false)),
  };
}
