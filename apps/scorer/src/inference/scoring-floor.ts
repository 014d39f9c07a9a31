import type { ScoringFloor } from './window-scorer.js';

/**
 * Floor under which a window is refused: policy version 1.
 *
 * A fifth of the release's signals (8 of 36) is what one set of vitals gives. In the first hour the window is mostly imputed, and
 * a number made from it would be read as a measurement.
 */
export const SCORING_FLOOR: ScoringFloor = { completeness: 0.2, hoursSinceAdmission: 1 };
