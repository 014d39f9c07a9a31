import {
  areaUnderRoc,
  averagePrecision,
  bootstrapIntervals,
  brierScore,
  fitLogisticRecalibration,
  mortalityMetrics,
  seededRandom,
  type ScoredOutcomes,
} from '#evaluation';

/**
 * Measures the bootstrap of a mortality table, 4,000 patients with 8 windows each: resampled rows, every figure from scratch, against rows
 * that are ranked once and weighted. `npm run bench -- bootstrap`.
 */
const PATIENTS = 4_000;
const WINDOWS = 8;
/** Resamples of the slow way; its cost a resample is constant. */
const SLOW_RESAMPLES = 20;
const RESAMPLES = 1_000;

export async function run(): Promise<void> {
  const ward = madeUpWard();
  const slow = msPerResample(SLOW_RESAMPLES, () =>
    bootstrapIntervals(ward.patients, (rows) => figuresOf(ward, rows), { seed: 1, resamples: SLOW_RESAMPLES }),
  );
  const fast = msPerResample(RESAMPLES, () => mortalityMetrics(ward, { seed: 1, resamples: RESAMPLES }));
  console.log(`${PATIENTS} patients x ${WINDOWS} windows, AUROC, AUPRC, Brier, slope and intercept`);
  console.log(`rows resampled    ${slow.toFixed(2).padStart(8)} ms of processor a resample`);
  console.log(`rows weighted     ${fast.toFixed(2).padStart(8)} ms of processor a resample, ranking included`);
  console.log(`ratio             ${(slow / fast).toFixed(1).padStart(8)}`);
  console.log(`1,000 resamples   ${fast.toFixed(2).padStart(8)} s`);
}

function msPerResample(resamples: number, work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / resamples;
}

function figuresOf({ risks, labels }: ScoredOutcomes, rows: readonly number[]): Record<string, number> {
  const p = rows.map((row) => risks[row]!);
  const y = rows.map((row) => labels[row]!);
  const { slope, intercept } = fitLogisticRecalibration(p, y);
  return {
    auroc: areaUnderRoc(p, y),
    auprc: averagePrecision(p, y),
    brier: brierScore(p, y),
    calibrationSlope: slope,
    calibrationIntercept: intercept,
  };
}

function madeUpWard(): ScoredOutcomes {
  const random = seededRandom(1);
  const outcomes = { patients: [] as number[], risks: [] as number[], labels: [] as number[] };
  for (let patient = 0; patient < PATIENTS; patient++) {
    const frailty = random();
    const label = random() < 0.4 * frailty ** 2 ? 1 : 0;
    for (let window = 0; window < WINDOWS; window++) {
      outcomes.patients.push(patient);
      outcomes.risks.push(0.01 + 0.9 * Math.min(1, Math.max(0, frailty + 0.4 * (random() - 0.5))));
      outcomes.labels.push(label);
    }
  }
  return outcomes;
}
