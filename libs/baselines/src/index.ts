export { news2, NEWS2_PARTS } from './news2.js';
export type { LatestLookup, News2, News2Part } from './news2.js';
export type { FitOptions } from './methods/fit-options.js';
export { Imputer } from './methods/imputer.js';
export type { Imputation } from './methods/imputer.js';
export { MortalityPredictor } from './methods/mortality-predictor.js';
export type { GridStay, OutcomeGrid, SeverityScore, WindowGrid } from './methods/window-grid.js';
