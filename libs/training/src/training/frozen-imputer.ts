import type { Tensor, TensorRuntime } from '#engine';
import { hoursSinceObserved } from '#model';
import { encodeWindow, type HyperParameters, type NetworkWeights } from '#network';
import { joined } from '../batches/joined.js';
import type { ExpectedValues, WindowToExpect } from '../batches/risk-batch.js';

/**
 * An imputer that is only asked, while risk networks learn from what it fills in. What it says of a whole window of the store is kept (7 KiB for
 * 36 signals), since epochs and networks come back to it. Owns its weights until `dispose`.
 */
export class FrozenImputer {
  readonly #weights: Record<string, Tensor>;
  readonly #known = new Map<number, ExpectedValues>();

  /** @param weights of a whole release; those of risk networks are left out */
  constructor(
    private readonly runtime: TensorRuntime,
    private readonly hyper: HyperParameters,
    weights: NetworkWeights,
  ) {
    const own = Object.entries(weights).filter(([name]) => !name.startsWith('risk.'));
    this.#weights = runtime.tensors(Object.fromEntries(own));
  }

  /** What is to be expected at each entry of each window. */
  expect(windows: readonly WindowToExpect[]): ExpectedValues[] {
    const isNew = ({ index }: WindowToExpect): boolean => index === undefined || !this.#known.has(index);
    const asked = this.#encode(windows.filter(isNew));
    let next = 0;
    return windows.map((window) => {
      const found = isNew(window) ? asked[next++]! : this.#known.get(window.index!)!;
      if (window.index !== undefined) this.#known.set(window.index, found);
      return found;
    });
  }

  dispose(): void {
    this.runtime.dispose(this.#weights);
  }

  #encode(windows: readonly WindowToExpect[]): ExpectedValues[] {
    if (windows.length === 0) return [];
    const { runtime, hyper } = this;
    const { signals, hours, staticSize } = hyper;
    const read: ExpectedValues = runtime.scope(() => {
      const grid = (rows: readonly Float32Array[]): Tensor =>
        runtime.tensor(joined(rows), [rows.length, signals, hours]);
      const { center, spread } = encodeWindow(runtime.ops, this.#weights, hyper, {
        values: grid(windows.map(({ values }) => values)),
        mask: grid(windows.map(({ mask }) => mask)),
        hoursSince: grid(windows.map(({ mask }) => hoursSinceObserved(mask, hours))),
        static: runtime.tensor(joined(windows.map((window) => window.static)), [windows.length, staticSize]),
      });
      return { center: runtime.read(center), spread: runtime.read(spread) };
    });
    const size = signals * hours;
    return windows.map((_, row) => ({
      center: read.center.slice(row * size, (row + 1) * size),
      spread: read.spread.slice(row * size, (row + 1) * size),
    }));
  }
}
