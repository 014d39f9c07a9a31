import type { RecordedStay } from './recorded-stay.js';

/** The same stay admitted at another moment: every time moves by the same amount. */
export function shiftStay(recorded: RecordedStay, admittedAtMs: number): RecordedStay {
  const byMs = admittedAtMs - recorded.stay.admittedAtMs;
  const { endedAtMs, outcomeKnownAtMs } = recorded;
  return {
    ...recorded,
    stay: { ...recorded.stay, admittedAtMs },
    observations: recorded.observations.map((observation) => ({
      ...observation,
      effectiveAtMs: observation.effectiveAtMs + byMs,
      availableAtMs: observation.availableAtMs + byMs,
    })),
    ...(endedAtMs === undefined ? {} : { endedAtMs: endedAtMs + byMs }),
    ...(outcomeKnownAtMs === undefined ? {} : { outcomeKnownAtMs: outcomeKnownAtMs + byMs }),
  };
}
