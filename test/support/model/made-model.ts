import type { DriftStanding, ReleaseDecision, ReleaseStanding, SignalDrift, TrainingStanding } from '#wire';

/** When everything made up here has happened. */
export const MODEL_AT_MS = Date.UTC(2026, 0, 15, 12);

/** A release that was made champion, or as told. */
export function madeRelease(fields: Partial<ReleaseStanding> = {}): ReleaseStanding {
  return {
    ...{ releaseId: 'vigil-1', digest: 'a'.repeat(64), state: 'champion', pinned: false, shadowShare: 0 },
    ...{ addedAtMs: MODEL_AT_MS, changedAtMs: MODEL_AT_MS, by: 'Ada', why: 'first release' },
    ...fields,
  };
}

/** A decision that promoted, or as told. */
export function madeDecision(fields: Partial<ReleaseDecision> = {}): ReleaseDecision {
  return {
    ...{ sequence: 2, atMs: MODEL_AT_MS, action: 'promoted', releaseId: 'vigil-1', by: 'Ada', why: 'first release' },
    ...fields,
  };
}

/** A training that waits for its first progress, or as told. */
export function madeTraining(fields: Partial<TrainingStanding> = {}): TrainingStanding {
  return {
    ...{ id: '20260115-120000', trigger: 'schedule', by: 'trainer', why: 'its time', start: 'champion' },
    ...{ state: 'running', step: 'prepare', knownOutcomes: 412, startedAtMs: MODEL_AT_MS, restarts: 0 },
    ...fields,
  };
}

/** A signal that lies as in training, or as told. */
export function madeSignalDrift(fields: Partial<SignalDrift> = {}): SignalDrift {
  return {
    ...{ signal: 'heart-rate', values: 900, stabilityIndex: 0.01, distance: 0.02, pValue: 0.8 },
    ...{ shareMissing: 0.1, referenceShareMissing: 0.1, found: [] },
    ...fields,
  };
}

/** A watched release without drift, or as told. */
export function madeDrift(fields: Partial<DriftStanding> = {}): DriftStanding {
  return {
    ...{ policy: 'drift-1', releaseId: 'vigil-1', reference: 'present', flagged: [] },
    assessment: {
      ...{ dayMs: Date.UTC(2026, 0, 15), scores: 1200, found: [], signals: [madeSignalDrift()] },
      risk: { values: 1200, stabilityIndex: 0.02, distance: 0.03, pValue: 0.4 },
      outcomes: { outcomes: 80, deaths: 9, expected: 7.5, ratio: 1.2, deviations: 0.6 },
    },
    ...fields,
  };
}
