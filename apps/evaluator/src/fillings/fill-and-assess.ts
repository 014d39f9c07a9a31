import { createImputer, type ClassicalImputerId, type WindowGrid } from '#baselines';
import { centralInterval, encodeMeasured, imputeWindows, type FilledWindow, type RiskScorer } from '#model';
import type { WindowStore } from '#training';
import { gridOf } from '../data/window-grids.js';
import { FILLED_RISKS, type FilledRisk, type Filling } from './filling-methods.js';

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
    const windows = windowsOf(grid);
    for (const [id, imputerId] of CLASSICAL) {
      const imputer = createImputer(imputerId);
      await imputer.fit(nothing, nothing, { seed: 0, epochs: 1, patience: 1 });
      const { values } = await imputer.impute(grid);
      risks[id].set(await scorer.risksOfFilled(withValues(windows, values)), first);
    }
    const imputed = await imputeWindows(
      scorer.engine,
      windows,
      keys.slice(first, first + BATCH_SIZE),
      manifest.sampler,
    );
    const centers = windows.map((window, row) => ({ ...window, values: imputed[row]!.center }));
    risks.center.set(await scorer.risksOfFilled(centers), first);
    const firstSamples = windows.map((window, row) => ({ ...window, values: imputed[row]!.samples[0]! }));
    risks['one-sample'].set(await scorer.risksOfFilled(firstSamples), first);
    const drawn = await scorer.risksOfEachNetwork(
      windows.flatMap((window, row) => imputed[row]!.samples.map((values) => ({ ...window, values }))),
    );
    const { samples } = manifest.sampler;
    for (const row of windows.keys()) {
      const own = drawn.slice(row * samples, (row + 1) * samples);
      const { median, low, high } = centralInterval(own.flat());
      risks.served[first + row] = median;
      risks.low[first + row] = low;
      risks.high[first + row] = high;
    }
  }
  return risks;
}

function windowsOf({ values, mask, static: known, stays, count, hours, staticSize }: WindowGrid): FilledWindow[] {
  const size = values.length / count;
  return Array.from({ length: count }, (_, row) => ({
    ...encodeMeasured(values.slice(row * size, (row + 1) * size), mask.slice(row * size, (row + 1) * size), hours),
    static: known.slice(row * staticSize, (row + 1) * staticSize),
    hoursSinceAdmission: stays[row]!.hoursSinceAdmission,
  }));
}

function withValues(windows: readonly FilledWindow[], values: Float32Array): FilledWindow[] {
  return windows.map((window, row) => {
    const size = window.values.length;
    return { ...window, values: values.slice(row * size, (row + 1) * size) };
  });
}
