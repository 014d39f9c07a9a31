import type { Tensor, TensorRuntime } from '#engine';
import { hoursSinceObserved, keyedNormals, noiseLevel, pairShares, type JointBatch } from '#model';
import type { HyperParameters } from '#network';
import { drawPattern, hideEntries } from './hide-entries.js';
import type { EncodedWindow } from './window-encoder.js';

/** Share of windows in which the risk network, too, does not see what is hidden from the imputer. */
const RISK_HIDDEN_SHARE = 0.25;

/** Windows of a batch with their outcomes. */
export interface LabelledWindows {
  readonly windows: readonly EncodedWindow[];
  /** 1 died, 0 survived. */
  readonly labels: readonly number[];
}

/**
 * Draws everything random of a training step and makes its tensors; the caller owns them.
 *
 * @param drawKey of the noise; with `random` it decides the batch to the byte, so a resumed training repeats it
 */
export function trainingBatch(
  runtime: TensorRuntime,
  hyper: HyperParameters,
  { windows, labels }: LabelledWindows,
  random: () => number,
  drawKey: string,
): JointBatch<Tensor> {
  const { signals, hours, staticSize } = hyper;
  const count = windows.length;
  const hidden = windows.map(({ mask }) => hideEntries(mask, hours, drawPattern(random), random));
  const riskMask = windows.map(({ mask }, row) =>
    random() < RISK_HIDDEN_SHARE ? mask.map((measured, entry) => measured - hidden[row]![entry]!) : mask,
  );
  // One step from each equal part of [0, 1): every batch sees all noise levels.
  const steps = windows.map((_, row) => (row + random()) / count);
  const levels = steps.map(noiseLevel);
  const pairs = pairShares(labels);
  const keep = 1 - hyper.risk.dropout;
  const dropout = Float32Array.from({ length: count * hyper.risk.lstmUnits }, () => (random() < keep ? 1 / keep : 0));
  const grid = [count, signals, hours];
  const gridTensor = (rows: readonly Float32Array[]): Tensor => runtime.tensor(joined(rows), grid);
  const level = (numbers: readonly number[]): Tensor => runtime.tensor(Float32Array.from(numbers), [count, 1, 1, 1]);
  return {
    values: gridTensor(windows.map(({ values }) => values)),
    mask: gridTensor(windows.map(({ mask }) => mask)),
    hidden: gridTensor(hidden),
    riskMask: gridTensor(riskMask),
    hoursSince: gridTensor(riskMask.map((mask) => hoursSinceObserved(mask, hours))),
    static: runtime.tensor(joined(windows.map(({ static: stay }) => stay)), [count, staticSize]),
    noise: runtime.tensor(keyedNormals(drawKey, count * signals * hours), [count, 1, signals, hours]),
    step: runtime.tensor(Float32Array.from(steps), [count, 1]),
    alpha: level(levels.map(({ alpha }) => alpha)),
    sigma: level(levels.map(({ sigma }) => sigma)),
    labels: runtime.tensor(Float32Array.from(labels), [count]),
    pairs: {
      alike: runtime.tensor(pairs.alike, [count, count]),
      different: runtime.tensor(pairs.different, [count, count]),
    },
    dropoutMask: runtime.tensor(dropout, [count, hyper.risk.lstmUnits]),
  };
}

/** Frees what {@link trainingBatch} made. */
export function disposeBatch(runtime: TensorRuntime, { pairs, ...tensors }: JointBatch<Tensor>): void {
  runtime.dispose([...Object.values(tensors), pairs.alike, pairs.different]);
}

function joined(rows: readonly Float32Array[]): Float32Array {
  const size = rows[0]?.length ?? 0;
  const all = new Float32Array(rows.length * size);
  rows.forEach((row, index) => all.set(row, index * size));
  return all;
}
