import { signalDefinition } from '#clinical';
import type { RiskScore } from '#wire';
import { WINDOW_HOURS } from '#windows';
import type { WindowScore } from '#model';
import type { ReleaseFacts } from '../inference/window-scorer.js';
import type { DueWindow } from './assemble-window.js';
import type { ScoredWindow } from './score-windows.js';

const RISK_DIGITS = 6;
const IMPUTED_DIGITS = 4;

/**
 * The score event of a due window. Equal windows, releases and model outputs give equal bytes: no wall clock, no random ids, a
 * fixed order of fields, numbers rounded to 6 (risk, contributions) and 4 (imputed values) significant digits.
 */
export function assembleScore(scored: ScoredWindow, release: ReleaseFacts): RiskScore {
  const { window, score, refusedBecause } = scored;
  const { stay, input } = window;
  return {
    stayId: stay.stayId,
    site: stay.site,
    ward: stay.ward,
    bed: stay.bed,
    admittedAtMs: stay.admittedAtMs,
    dueAtMs: window.dueAtMs,
    windowStartMs: window.windowStartMs,
    windowDigest: window.digest,
    releaseId: release.releaseId,
    releaseStage: release.stage,
    engine: release.engine,
    ...(score ? { risk: roundedRisk(score) } : { refusedBecause }),
    ...(score?.nearest === undefined ? {} : { nearest: score.nearest }),
    contributions: (score?.contributions ?? []).map(({ signal, logOdds }) => {
      return { signal, logOdds: significant(logOdds, RISK_DIGITS) };
    }),
    completeness: window.completeness,
    shareImputed: 1 - input.mask.reduce((sum, measured) => sum + measured, 0) / input.mask.length,
    latest: window.latest,
    news2: window.news2,
    imputed: score ? imputedSignals(window, score, release) : [],
  };
}

function roundedRisk({ risk }: WindowScore): NonNullable<RiskScore['risk']> {
  const round = (value: number) => significant(value, RISK_DIGITS);
  return { median: round(risk.median), low: round(risk.low), high: round(risk.high) };
}

/**
 * Imputed hours of every signal that has any and whose imputation means something; null where the hour was measured. None where the risk
 * alone was computed.
 */
function imputedSignals(window: DueWindow, { imputed }: WindowScore, release: ReleaseFacts): RiskScore['imputed'] {
  const { mask } = window.input;
  if (imputed.median.length === 0) return [];
  return release.signals.flatMap((signal, row) => {
    if (signalDefinition(signal).presenceOnly) return [];
    const from = row * WINDOW_HOURS;
    if (mask.subarray(from, from + WINDOW_HOURS).every((measured) => measured === 1)) return [];
    const hours = (values: Float32Array) =>
      Array.from({ length: WINDOW_HOURS }, (_, hour) =>
        mask[from + hour] === 1 ? null : significant(values[from + hour]!, IMPUTED_DIGITS),
      );
    return [{ signal, median: hours(imputed.median), low: hours(imputed.low), high: hours(imputed.high) }];
  });
}

function significant(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}
