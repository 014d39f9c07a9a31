import { fitLogisticRecalibration, logOdds, probabilityOfLogOdds, type LogisticLine } from '#evaluation';
import { lineAt, type CalibrationAnchor } from '#model';
import { createHash } from 'node:crypto';

/** Hours since admission at which a line is anchored, and the hour before which a window counts towards it. */
const ANCHORS = [
  { hours: 24, before: 36 },
  { hours: 48, before: Infinity },
] as const;

/** Uncalibrated risks with their patients, hours since admission and outcomes. */
export interface UncalibratedRisks {
  readonly patients: readonly string[];
  readonly hours: readonly number[];
  readonly risks: readonly number[];
  /** 1 died, 0 survived. */
  readonly labels: readonly number[];
}

/** Platt's lines for the release, and risks calibrated without their own patient for its figures. */
export interface Calibration {
  readonly anchors: CalibrationAnchor[];
  /** Two folds of patients; each is calibrated by the lines of the other, so the figures are not flattered by their own fit. */
  readonly crossFitted: readonly number[];
}

/**
 * Fits Platt's lines on validation windows: one on those that end before the 36th hour, one on the later ones. Falls back to the identity where
 * a line cannot be fitted or would turn the risk around.
 */
export function calibrate(outcomes: UncalibratedRisks): Calibration {
  const folds = outcomes.patients.map(foldOf);
  const lines = [0, 1].map((fold) => fitAnchors(outcomes, (row) => folds[row] !== fold));
  return {
    anchors: fitAnchors(outcomes, () => true),
    crossFitted: outcomes.risks.map((risk, row) => {
      const { slope, intercept } = lineAt(lines[folds[row]!]!, outcomes.hours[row]!);
      return probabilityOfLogOdds(intercept + slope * logOdds(risk));
    }),
  };
}

function fitAnchors(outcomes: UncalibratedRisks, use: (row: number) => boolean): CalibrationAnchor[] {
  let from = -Infinity;
  return ANCHORS.map(({ hours, before }) => {
    const first = from;
    from = before;
    const belongs = (row: number): boolean => outcomes.hours[row]! >= first && outcomes.hours[row]! < before;
    return { hours, ...fitOn(outcomes, (row) => use(row) && belongs(row)) };
  });
}

function fitOn({ risks, labels }: UncalibratedRisks, use: (row: number) => boolean): LogisticLine {
  const rows = [...risks.keys()].filter(use);
  const line = fitLogisticRecalibration(
    rows.map((row) => risks[row]!),
    rows.map((row) => labels[row]!),
  );
  return line.slope > 0 ? line : { slope: 1, intercept: 0 };
}

function foldOf(patientId: string): 0 | 1 {
  return createHash('sha256').update(`calibration fold|${patientId}`).digest().readUInt8(0) < 128 ? 0 : 1;
}
