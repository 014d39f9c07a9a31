import type { Tensor, TensorRuntime } from '#engine';
import { encodeMeasured, keyedNormals, type RiskBatch } from '#model';
import type { HyperParameters } from '#network';
import { drawPattern, hideEntries } from './hide-entries.js';
import { joined } from './joined.js';
import { outcomeTensors } from './outcome-tensors.js';
import { RISK_HIDDEN_SHARE, type LabelledWindows } from './training-batch.js';

/** What an imputer expects of one window: [signal, hour] each, normalised. */
export interface ExpectedValues {
  readonly center: Float32Array;
  readonly spread: Float32Array;
}

/** A window as an imputer shall see it; `index` names it in the store, absent where entries are hidden from it. */
export interface WindowToExpect {
  readonly index?: number;
  readonly values: Float32Array;
  readonly mask: Float32Array;
  readonly static: Float32Array;
}

/** A batch with the store's index of each window. */
export interface IndexedWindows extends LabelledWindows {
  readonly indices: readonly number[];
}

/**
 * Draws everything random of a step in which a risk network learns alone, and makes its tensors; the caller owns them.
 *
 * A quarter of the windows have entries hidden, as in joint training. Gaps are filled around what the imputer expects, by a normal draw at
 * each entry, in each window scaled between no spread and all of it: where the network learns, gaps are as uncertain as where it is served.
 *
 * @param expect what the imputer says of windows
 * @param drawKey of the normal draws; with `random` it decides the batch to the byte
 */
export function riskBatch(
  runtime: TensorRuntime,
  hyper: HyperParameters,
  batch: IndexedWindows,
  expect: (windows: readonly WindowToExpect[]) => readonly ExpectedValues[],
  random: () => number,
  drawKey: string,
): RiskBatch<Tensor> {
  const { signals, hours } = hyper;
  const shown = batch.windows.map((window, row): WindowToExpect => {
    if (random() >= RISK_HIDDEN_SHARE) return { ...window, index: batch.indices[row]! };
    const hidden = hideEntries(window.mask, hours, drawPattern(random), random);
    const mask = window.mask.map((measured, entry) => measured - hidden[entry]!);
    return { mask, static: window.static, values: window.values.map((value, entry) => value * mask[entry]!) };
  });
  const expected = expect(shown);
  const size = signals * hours;
  const normals = keyedNormals(drawKey, shown.length * size);
  const filled = shown.map(({ values, mask }, row) => {
    const { center, spread } = expected[row]!;
    const share = random();
    return values.map((value, entry) =>
      mask[entry] === 1 ? value : center[entry]! + share * spread[entry]! * normals[row * size + entry]!,
    );
  });
  const seen = shown.map(({ values, mask }) => encodeMeasured(values, mask, hours));
  return {
    values: runtime.tensor(joined(filled), [shown.length, signals, hours]),
    ...outcomeTensors(runtime, hyper, batch, seen, random),
  };
}
