import { HOUR_MS, type SignalId } from '#clinical';
import { MortalityPredictor } from '../methods/mortality-predictor.js';
import type { WindowGrid } from '../methods/window-grid.js';
import { news2, type LatestLookup } from '../news2.js';

/**
 * NEWS2 of the latest measured hour of each signal. A value counts as old as its hour is from the window's last one, so what is more than
 * twelve hours back is missing, as in the live score; a total over the known parts is a lower bound. Nothing is fitted.
 */
export class News2Predictor extends MortalityPredictor {
  readonly id = 'news2';

  async fit(): Promise<void> {}

  /** @returns [window] a score of 0 to 20, not a probability */
  async predict(windows: WindowGrid): Promise<Float32Array> {
    return Float32Array.from({ length: windows.count }, (_, window) => news2(latestIn(windows, window), 0).total);
  }
}

function latestIn({ signalIds, hours, mask, stored }: WindowGrid, window: number): LatestLookup {
  return (signal: SignalId) => {
    const row = signalIds.indexOf(signal);
    if (row < 0) return undefined;
    const first = (window * signalIds.length + row) * hours;
    for (let hour = hours - 1; hour >= 0; hour--) {
      if (mask[first + hour] === 1) {
        return { value: stored[first + hour]!, effectiveAtMs: (hour - (hours - 1)) * HOUR_MS };
      }
    }
    return undefined;
  };
}
