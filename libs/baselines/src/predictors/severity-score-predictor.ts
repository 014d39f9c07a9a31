import { MortalityPredictor } from '../methods/mortality-predictor.js';
import type { SeverityScore, WindowGrid } from '../methods/window-grid.js';

/**
 * A severity score that the data set brings along, as it stands there. Nothing is fitted.
 *
 * A stay without the score has NaN, so that a table can say how many were scored; it is compared on those only.
 */
export class SeverityScorePredictor extends MortalityPredictor {
  constructor(readonly id: SeverityScore) {
    super();
  }

  async fit(): Promise<void> {}

  /**
   * @returns [window] the score, not a probability; NaN where it is unknown
   * @throws Error when no window has the score
   */
  async predict({ stays }: WindowGrid): Promise<Float32Array> {
    const scores = Float32Array.from(stays, ({ severityScores }) => severityScores?.[this.id] ?? NaN);
    if (stays.length > 0 && scores.every(Number.isNaN)) {
      throw new Error(
        `none of ${stays.length} windows has the score ${this.id}: leave this method out for the data set`,
      );
    }
    return scores;
  }
}
