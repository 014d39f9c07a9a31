import type { ScoreDetail, WindowScore } from '#model';
import { ModelUnavailableError, type WindowScorer } from '../inference/window-scorer.js';
import type { DueWindow } from './assemble-window.js';

/** What came of a due window: a score, or why there is none. */
export type ScoredWindow =
  | { readonly window: DueWindow; readonly score: WindowScore; readonly refusedBecause?: undefined }
  | {
      readonly window: DueWindow;
      readonly score?: undefined;
      readonly refusedBecause: NonNullable<DueWindow['refusal']>;
    };

/**
 * Has the windows above the floor scored as one batch. A model that is not available refuses them with that reason; whatever else
 * goes wrong is unexpected and thrown.
 */
export async function scoreWindows(
  windows: readonly DueWindow[],
  scorer: WindowScorer,
  detail: ScoreDetail = 'whole',
): Promise<ScoredWindow[]> {
  const toScore = windows.filter((window) => window.refusal === undefined);
  const scores = toScore.length === 0 ? [] : await scored(toScore, scorer, detail);
  const scoreOf = new Map(toScore.map((window, index) => [window, scores?.[index]]));
  return windows.map((window) => {
    const score = scoreOf.get(window);
    return score ? { window, score } : { window, refusedBecause: window.refusal ?? 'model-unavailable' };
  });
}

async function scored(
  windows: readonly DueWindow[],
  scorer: WindowScorer,
  detail: ScoreDetail,
): Promise<readonly WindowScore[] | undefined> {
  try {
    const scores = await scorer.score(
      windows.map(({ input }) => input),
      detail,
    );
    if (scores.length === windows.length) return scores;
  } catch (error) {
    if (error instanceof ModelUnavailableError) return undefined;
    throw error;
  }
  throw new Error('the model answered with another number of scores than it was given windows');
}
