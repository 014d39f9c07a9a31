import type { Tensor, TensorRuntime } from '#engine';
import { encodeMeasured, hoursSinceObserved, keyedNormals, noiseLevel, type JointBatch, type RiskBatch } from '#model';
import type { HyperParameters } from '#network';
import { drawPattern, hideEntries } from './hide-entries.js';
import { joined } from './joined.js';
import { outcomeTensors } from './outcome-tensors.js';
import type { EncodedWindow } from './window-encoder.js';

/** Share of windows in which the risk network, too, does not see what is hidden from the imputer. */
export const RISK_HIDDEN_SHARE = 0.25;

/** Windows of a batch with their outcomes. */
export interface LabelledWindows {
  readonly windows: readonly EncodedWindow[];
  /** 1 died, 0 survived. */
  readonly labels: readonly number[];
  /** What the risk shall be, where a teacher's opinion is mixed in. @default the labels */
  readonly targets?: readonly number[];
}

/**
 * Draws everything random of a training step and makes its tensors; the caller owns them.
 *
 * @param drawKey of the noise; with `random` it decides the batch to the byte, so a resumed training repeats it
 */
export function trainingBatch(
  runtime: TensorRuntime,
  hyper: HyperParameters,
  labelled: LabelledWindows,
  random: () => number,
  drawKey: string,
): JointBatch<Tensor> {
  const { signals, hours } = hyper;
  const { windows } = labelled;
  const count = windows.length;
  const hidden = windows.map(({ mask }) => hideEntries(mask, hours, drawPattern(random), random));
  const visible = windows.map(({ mask }, row) => mask.map((measured, entry) => measured - hidden[row]![entry]!));
  const seen = windows.map(({ values, mask }, row) =>
    encodeMeasured(values, random() < RISK_HIDDEN_SHARE ? visible[row]! : mask, hours),
  );
  // One step from each equal part of [0, 1): every batch sees all noise levels.
  const steps = windows.map((_, row) => (row + random()) / count);
  const levels = steps.map(noiseLevel);
  const normals = keyedNormals(drawKey, 2 * count * signals * hours);
  const noiseOf = (from: number): Tensor =>
    runtime.tensor(normals.slice(from, from + normals.length / 2), [count, 1, signals, hours]);
  const grid = [count, signals, hours];
  const gridTensor = (rows: readonly Float32Array[]): Tensor => runtime.tensor(joined(rows), grid);
  const level = (numbers: readonly number[]): Tensor => runtime.tensor(Float32Array.from(numbers), [count, 1, 1, 1]);
  return {
    values: gridTensor(windows.map(({ values }) => values)),
    mask: gridTensor(windows.map(({ mask }) => mask)),
    hidden: gridTensor(hidden),
    visibleHoursSince: gridTensor(visible.map((mask) => hoursSinceObserved(mask, hours))),
    noise: noiseOf(0),
    unmeasured: noiseOf(normals.length / 2),
    step: runtime.tensor(Float32Array.from(steps), [count, 1]),
    alpha: level(levels.map(({ alpha }) => alpha)),
    sigma: level(levels.map(({ sigma }) => sigma)),
    ...outcomeTensors(runtime, hyper, labelled, seen, random),
  };
}

/** Frees a batch's tensors. */
export function disposeBatch(runtime: TensorRuntime, { pairs, ...tensors }: RiskBatch<Tensor>): void {
  runtime.dispose([...Object.values(tensors), pairs.alike, pairs.different]);
}
