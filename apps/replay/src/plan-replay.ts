import { chooseAnchor } from './choose-anchor.js';
import type { Placement } from './place-stay.js';
import type { ReplayPosition } from './progress-store.js';
import { ReplayError } from './replay-error.js';
import type { ReplayOptions } from './replay-options.js';
import { surveyStays, type Survey } from './survey-stays.js';

/** What a replay does: which events, placed where, from which one on. */
export interface ReplayPlan {
  readonly survey: Survey;
  readonly placement: Placement;
  /** Events that are on the log already. */
  readonly skipEvents: number;
}

/**
 * Surveys the stays and chooses the anchor, or takes both from the saved position of a resumed replay. Undefined when it was stopped meanwhile.
 *
 * @throws ReplayError when the saved position is of another plan or anchor
 */
export async function planReplay(options: ReplayOptions, stopped: AbortSignal): Promise<ReplayPlan | undefined> {
  const { source, clock, staggerMs = 0, wardSize = 20, stayIdPrefix = '', anchorMs } = options;
  const { speed = Infinity, fastForwardMs = 0 } = options;
  const survey = await surveyStays(source, { staggerMs, wardSize, stayIdPrefix }, stopped);
  if (survey === undefined) return undefined;
  const saved = options.resume === true ? await options.progressStore.load() : undefined;
  if (saved !== undefined) checkSaved(saved, survey, options);
  const chosenMs =
    saved?.anchorMs ?? chooseAnchor({ nowMs: clock.nowMs(), spanMs: survey.spanMs, speed, fastForwardMs, anchorMs });
  return {
    survey,
    placement: { anchorMs: chosenMs, staggerMs, wardSize, stayIdPrefix },
    skipEvents: saved?.appendedEvents ?? 0,
  };
}

function checkSaved(
  saved: ReplayPosition,
  { planDigest, events }: Survey,
  { anchorMs, logName }: Pick<ReplayOptions, 'anchorMs' | 'logName'>,
): void {
  if (saved.log !== undefined && logName !== undefined && saved.log !== logName) {
    throw new ReplayError(
      `The saved position is of another log (${saved.log}), and this one (${logName}) may lack the events before it. Give the same --brokers or --state as before, or start afresh (without --resume).`,
    );
  }
  if (saved.planDigest !== planDigest || saved.appendedEvents > events) {
    throw new ReplayError(
      'The saved position is of other stays or another placement. Give the same data set, --stays, --part, --split, --stagger, ' +
        '--ward-size and --prefix as before, or start afresh (without --resume; npm start with --fresh).',
    );
  }
  if (anchorMs !== undefined && anchorMs !== saved.anchorMs) {
    throw new ReplayError(
      `The saved position has the anchor ${new Date(saved.anchorMs).toISOString()}: leave --anchor out, or start afresh (without --resume; npm start with --fresh).`,
    );
  }
}
