import type { FitOptions } from './fit-options.js';
import type { OutcomeGrid, WindowGrid } from './window-grid.js';

/** Says how likely death in hospital is. Which entries were imputed stands in the mask; a method may look at it or not. */
export abstract class MortalityPredictor {
  /** Such as `gru-d`; names rows of tables. */
  abstract readonly id: string;
  /** @param validation for early stopping and the choice of settings, nothing else */
  abstract fit(training: OutcomeGrid, validation: OutcomeGrid, options: FitOptions): Promise<void>;
  /**
   * @returns [window] a probability, or for a score without one (NEWS2) a number that rises with the risk
   * @throws Error when it has not been fitted
   */
  abstract predict(windows: WindowGrid): Promise<Float32Array>;
  /** Settings that the fit chose on validation windows, such as `{ neighbours: 50 }`; empty where nothing was chosen. */
  get chosen(): Readonly<Record<string, number>> {
    return {};
  }
  /** Frees tensors; no call may follow. */
  dispose(): void {}
}
