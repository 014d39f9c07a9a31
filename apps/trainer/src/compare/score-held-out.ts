import { HOUR_MS, type SignalId } from '#clinical';
import type { RecordedStay } from '#datasets';
import type { RiskScorer, WindowToScore } from '#model';
import { windowsOfStay } from '#training';
import type { HeldOutStay } from './held-out-stay.js';
import { hiddenErrors } from './hidden-errors.js';

/** Hour at which imputation is judged, or the last scored one before it. */
const IMPUTATION_HOUR = 24;

/** Champion and candidate, loaded. */
export interface ReleasePair {
  readonly champion: RiskScorer;
  readonly candidate: RiskScorer;
}

/** Which scores are taken. */
export interface HeldOutOptions {
  readonly scoreEveryHours: number;
  readonly upToHours: number;
  readonly judgedAtHours: readonly number[];
  /** Told after each stay. */
  readonly onStay?: (done: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Scores stays with both releases, as they are served: the same windows, samples, floors and noise. Windows under the floor of either are scored by none.
 *
 * Stays without an outcome, or without a window to score, are left out. Memory: one stay at a time, and the risks of all.
 */
export async function scoreHeldOut(
  stays: AsyncIterable<RecordedStay>,
  releases: ReleasePair,
  options: HeldOutOptions,
): Promise<HeldOutStay[]> {
  const scored: HeldOutStay[] = [];
  for await (const recorded of stays) {
    options.signal.throwIfAborted();
    const stay = await scoreStay(recorded, releases, options, scored.length);
    if (stay === undefined) continue;
    scored.push(stay);
    options.onStay?.(scored.length);
  }
  return scored;
}

async function scoreStay(
  recorded: RecordedStay,
  { champion, candidate }: ReleasePair,
  options: HeldOutOptions,
  number: number,
): Promise<HeldOutStay | undefined> {
  const { stay, outcome, observations } = recorded;
  const endMs = recorded.endedAtMs ?? observations.at(-1)?.availableAtMs;
  if (outcome === undefined || endMs === undefined) return undefined;
  const endHours = (endMs - stay.admittedAtMs) / HOUR_MS;
  const floors = [champion, candidate].map(({ manifest }) => manifest.scoreFloor.minHours);
  const ends = endsOf(Math.max(...floors), endHours, options);
  const ofChampion = windowsFor(champion, recorded, ends);
  const isAlike = champion.manifest.signals.join() === candidate.manifest.signals.join();
  const ofCandidate = isAlike ? ofChampion : windowsFor(candidate, recorded, ends);
  const kept = ends.flatMap((_, at) =>
    isAboveFloor(champion, ofChampion[at]!) && isAboveFloor(candidate, ofCandidate[at]!) ? [at] : [],
  );
  if (kept.length === 0) return undefined;
  const risksOf = async (scorer: RiskScorer, windows: readonly WindowToScore[]): Promise<number[]> =>
    (
      await scorer.score(
        kept.map((at) => windows[at]!),
        'risk',
      )
    ).map(({ risk }) => risk.median);
  const judged = ofChampion[kept.findLast((at) => ends[at]! <= IMPUTATION_HOUR) ?? kept[0]!]!;
  const hidden = { ...judged, key: judged.noiseKey };
  return {
    ...{ number, site: stay.site, died: outcome === 'died', endHours },
    ...(stay.static.ageYears === undefined ? {} : { ageYears: stay.static.ageYears }),
    ...(stay.static.sex === undefined ? {} : { sex: stay.static.sex }),
    hours: kept.map((at) => ends[at]!),
    champion: await risksOf(champion, ofChampion),
    candidate: await risksOf(candidate, ofCandidate),
    ...(isAlike
      ? {
          errors: {
            points: await hiddenErrors({ champion, candidate }, hidden, 'points'),
            hours: await hiddenErrors({ champion, candidate }, hidden, 'hours'),
          },
        }
      : {}),
  };
}

/** Hours since admission at which a stay is scored: every so often from the floor on, and where risks are judged. */
function endsOf(
  floor: number,
  endHours: number,
  { scoreEveryHours, upToHours, judgedAtHours }: HeldOutOptions,
): number[] {
  const latest = Math.min(upToHours, endHours);
  const regular = Math.max(0, Math.floor((latest - floor) / scoreEveryHours) + 1);
  const ends = Array.from({ length: regular }, (_, at) => floor + at * scoreEveryHours);
  const judged = judgedAtHours.filter((hours) => hours >= floor && hours <= latest);
  return [...new Set([...ends, ...judged])].sort((a, b) => a - b);
}

function windowsFor({ manifest }: RiskScorer, recorded: RecordedStay, ends: readonly number[]): WindowToScore[] {
  const signals = manifest.signals as readonly SignalId[];
  return windowsOfStay(recorded, signals, ends).map(({ values, mask }, at) => ({
    ...{ values, mask, static: recorded.stay.static, hoursSinceAdmission: ends[at]! },
    noiseKey: `comparison|${recorded.stay.stayId}|${ends[at]}`,
  }));
}

/** Whether enough signals were measured, as at serving. */
function isAboveFloor({ manifest }: RiskScorer, { mask }: WindowToScore): boolean {
  const { hours } = manifest.hyper;
  const measured = manifest.signals.filter((_, row) =>
    mask.subarray(row * hours, (row + 1) * hours).includes(1),
  ).length;
  return measured / manifest.signals.length >= manifest.scoreFloor.minCompleteness;
}
