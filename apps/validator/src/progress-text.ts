import type { ScoringProgress } from './score-dataset.js';

/** One line for people: stays whose scores are kept, windows and windows a second of this run. */
export function progressText({ stays, windows, wallMs }: ScoringProgress): string {
  const perSecond = wallMs > 0 ? ((1000 * windows) / wallMs).toFixed(0) : '0';
  return `stays ${stays} | windows ${windows} | ${perSecond} windows/s`;
}
