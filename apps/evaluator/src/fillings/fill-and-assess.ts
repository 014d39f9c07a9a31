import { createImputer, type ClassicalImputerId } from '#baselines';
import type { FilledWindow, RiskScorer } from '#model';
import type { WindowStore } from '#training';
import { gridOf } from '../data/window-grids.js';
import { FILLED_RISKS, type FilledRisk, type Filling } from './filling-methods.js';
import { measuredWindowsOf } from './measured-windows.js';
import { sampleRisks, type SampledRisk } from './sampled-risks.js';

const BATCH_SIZE = 16;

const CLASSICAL = [
  ['training-mean', 'zero'],
  ['locf', 'locf'],
  ['linear', 'linear'],
] as const satisfies readonly (readonly [Filling['id'], ClassicalImputerId])[];

/**
 * Risks of windows by the bundle's risk network, their gaps filled in several ways. Mask, hours since observed, statistics and static are
 * the measured ones in all of them.
 *
 * The classical fillings are given no training windows: where a signal has nothing to go by, they fall back on the mean that the bundle's
 * scale was fitted on, 0.
 *
 * @param store   with the bundle's signals in its order
 * @param indices windows, a risk each in this order
 * @param keys    noise key of each, as the served score has it
 */
export async function fillAndAssess(
  scorer: RiskScorer,
  store: WindowStore,
  indices: readonly number[],
  keys: readonly string[],
): Promise<Record<FilledRisk, Float32Array>> {
  const risks = Object.fromEntries(FILLED_RISKS.map((id) => [id, new Float32Array(indices.length)])) as Record<
    FilledRisk,
    Float32Array
  >;
  const { manifest } = scorer;
  const scales = { signals: manifest.normaliser, static: manifest.staticScales };
  const nothing = gridOf(store, [], scales);
  for (let first = 0; first < indices.length; first += BATCH_SIZE) {
    const grid = gridOf(store, indices.slice(first, first + BATCH_SIZE), scales);
    const windows = measuredWindowsOf(grid);
    for (const [id, imputerId] of CLASSICAL) {
      const imputer = createImputer(imputerId);
      await imputer.fit(nothing, nothing, { seed: 0, epochs: 1, patience: 1 });
      const { values } = await imputer.impute(grid);
      risks[id].set(await scorer.risksOfFilled(withValues(windows, values)), first);
    }
    const sampled = await sampleRisks(scorer, windows, keys.slice(first, first + BATCH_SIZE));
    const filledWith = (valuesOf: (sample: SampledRisk) => Float32Array): FilledWindow[] =>
      windows.map((window, row) => ({ ...window, values: valuesOf(sampled[row]!) }));
    risks.center.set(await scorer.risksOfFilled(filledWith(({ imputed }) => imputed.center)), first);
    risks['one-sample'].set(await scorer.risksOfFilled(filledWith(({ imputed }) => imputed.samples[0]!)), first);
    sampled.forEach(({ risk: { median, low, high } }, row) => {
      risks.served[first + row] = median;
      risks.low[first + row] = low;
      risks.high[first + row] = high;
    });
  }
  return risks;
}

function withValues(windows: readonly FilledWindow[], values: Float32Array): FilledWindow[] {
  return windows.map((window, row) => {
    const size = window.values.length;
    return { ...window, values: values.slice(row * size, (row + 1) * size) };
  });
}
