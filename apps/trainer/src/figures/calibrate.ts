import { fitLogisticRecalibration, logOdds, probabilityOfLogOdds, type LogisticLine } from '#evaluation';
import { createHash } from 'node:crypto';

/** Uncalibrated risks with their patients and outcomes. */
export interface UncalibratedRisks {
  readonly patients: readonly string[];
  readonly risks: readonly number[];
  /** 1 died, 0 survived. */
  readonly labels: readonly number[];
}

/** Platt's line for the release, and risks calibrated without their own patient for its figures. */
export interface Calibration {
  readonly line: LogisticLine;
  /** Two folds of patients; each is calibrated by the line of the other, so the figures are not flattered by their own fit. */
  readonly crossFitted: readonly number[];
}

/** Fits Platt's line on validation windows. Falls back to the identity where it cannot be fitted or would turn the risk around. */
export function calibrate(outcomes: UncalibratedRisks): Calibration {
  const folds = outcomes.patients.map(foldOf);
  const lines = [0, 1].map((fold) => fitOn(outcomes, (row) => folds[row] !== fold));
  return {
    line: fitOn(outcomes, () => true),
    crossFitted: outcomes.risks.map((risk, row) => {
      const { slope, intercept } = lines[folds[row]!]!;
      return probabilityOfLogOdds(intercept + slope * logOdds(risk));
    }),
  };
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
