import { parityDifference, parityWindow, type ParityCase, type WindowToScore } from '#model';
import { WINDOW_HOURS } from '#windows';
import type { WindowScorer } from '../inference/window-scorer.js';

/** A release computes something else here than where it was made. */
export class ParityError extends Error {
  override readonly name = 'ParityError';
}

/** What a release was found to compute. */
export type ParityOutcome = 'passed' | 'skipped';

/**
 * Warms every worker of a scorer up with one window each and holds what comes out against the recorded risk. A release of before there
 * were parity cases is only warmed up.
 *
 * @throws ParityError when the risk differs; ModelUnavailableError when there is none
 */
export async function proveScorer(scorer: WindowScorer, parity: ParityCase | undefined): Promise<ParityOutcome> {
  const window = parity ? parityWindow(parity) : emptyWindow(scorer.release.signals.length);
  const answers = await Promise.all(Array.from({ length: scorer.lanes }, () => scorer.score([window])));
  if (!parity) return 'skipped';
  for (const [score] of answers) {
    const difference = score ? parityDifference(parity, score) : Infinity;
    if (!(difference <= parity.tolerance))
      throw new ParityError(
        `the recorded window has a risk that differs by ${difference} on ${scorer.release.engine}, and ${parity.tolerance} is allowed: this machine does not compute what the release's maker computed`,
      );
  }
  return 'passed';
}

/** A window without a measurement, at the end of the first day. */
function emptyWindow(signals: number): WindowToScore {
  const size = signals * WINDOW_HOURS;
  const zeros = (): Float32Array => new Float32Array(size);
  return { values: zeros(), mask: zeros(), static: {}, hoursSinceAdmission: WINDOW_HOURS, noiseKey: 'warm' };
}
