import { HOUR_MS, type SignalId, type Stay } from '#clinical';
import { news2 } from '#baselines';
import { windowBins, windowDigest } from '#windows';
import type { RiskScore } from '#wire';
import type { WindowToScore } from '#model';
import type { ReleaseFacts } from '../inference/window-scorer.js';
import type { StayState } from '../stays/stay-state.js';
import { completenessOf, refusalOf } from './is-scorable.js';
import { noiseKeyOf, scoreIdOf } from './score-id.js';

/** A window as it stood when its stay was due. Shares nothing with the stay, which goes on. */
export interface DueWindow {
  /** Unique for stay, due time, window and release; the id of the score. */
  readonly scoreId: string;
  readonly stay: Stay;
  readonly dueAtMs: number;
  /** Log time of the stay's newest record then; the score's own log time. */
  readonly loggedAtMs: number;
  readonly windowStartMs: number;
  readonly digest: string;
  readonly completeness: number;
  readonly latest: RiskScore['latest'];
  readonly news2: RiskScore['news2'];
  /** Why the window is under the floor. */
  readonly refusal: RiskScore['refusedBecause'];
  readonly input: WindowToScore;
}

/** Takes the numbers of a due window out of its stay. */
export function assembleWindow(state: StayState, release: ReleaseFacts): DueWindow {
  const { stay, window } = state;
  const dueAtMs = window.eventTimeMs ?? stay.admittedAtMs;
  const { values, mask, windowStartMs } = windowBins(window, release.signals);
  const digest = windowDigest(window);
  const completeness = completenessOf(window, release);
  return {
    scoreId: scoreIdOf(stay.stayId, dueAtMs, digest, release.releaseId),
    stay,
    dueAtMs,
    loggedAtMs: state.lastRecordAtMs,
    windowStartMs,
    digest,
    completeness,
    latest: latestValues(state, release.signals),
    news2: news2Of(state, dueAtMs),
    refusal: refusalOf(window, release, completeness),
    input: {
      values,
      mask,
      static: stay.static,
      hoursSinceAdmission: (dueAtMs - stay.admittedAtMs) / HOUR_MS,
      noiseKey: noiseKeyOf(stay.stayId, dueAtMs, digest, release.releaseId),
    },
  };
}

function latestValues({ window }: StayState, signals: readonly SignalId[]): RiskScore['latest'] {
  return signals.flatMap((signal) => {
    const latest = window.latest(signal);
    return latest ? [{ signal, value: latest.value, atMs: latest.effectiveAtMs }] : [];
  });
}

function news2Of({ window }: StayState, dueAtMs: number): RiskScore['news2'] {
  const { total, parts, missing } = news2((signal) => window.latest(signal), dueAtMs);
  return { total, parts: { ...parts } as Record<string, number>, missing: [...missing] };
}
