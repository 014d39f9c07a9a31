import type { FitOptions } from './fit-options.js';
import type { WindowGrid } from './window-grid.js';

/** Windows without gaps. Measured entries hold what was measured. */
export interface Imputation {
  /** [window, signal, hour] normalised: the point that errors are measured from (the median, where there are samples). */
  readonly values: Float32Array;
  /** Draws of [window, signal, hour] each, where the method has any. */
  readonly samples?: readonly Float32Array[];
}

/** Fills the gaps of windows. Nothing but the window itself is used when imputing. */
export abstract class Imputer {
  /** Such as `saits`; names rows of tables. */
  abstract readonly id: string;
  /** Learns from measured entries of training windows; hides some of them by itself where it needs to. */
  abstract fit(training: WindowGrid, validation: WindowGrid, options: FitOptions): Promise<void>;
  /** @throws Error when it has not been fitted */
  abstract impute(windows: WindowGrid): Promise<Imputation>;
  /** Settings that the fit chose on validation windows, such as `{ 'learning rate': 0.003 }`; empty where nothing was chosen. */
  get chosen(): Readonly<Record<string, number>> {
    return {};
  }
  /** Frees tensors; no call may follow. */
  dispose(): void {}
}
