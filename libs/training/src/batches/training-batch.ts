import type { Tensor, TensorRuntime } from '#engine';
import { encodeMeasured, hoursSinceObserved, keyedNormals, noiseLevel, pairShares, type JointBatch } from '#model';
import type { HyperParameters } from '#network';
import { drawPattern, hideEntries } from './hide-entries.js';
import { joined } from './joined.js';
import type { EncodedWindow } from './window-encoder.js';

/** Share of windows in which the risk network, too, does not see what is hidden from the imputer. */
const RISK_HIDDEN_SHARE = 0.25;

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
  { windows, labels, targets = labels }: LabelledWindows,
  random: () => number,
  drawKey: string,
): JointBatch<Tensor> {
  const { signals, hours, staticSize, statistics, risk } = hyper;
  const count = windows.length;
  const hidden = windows.map(({ mask }) => hideEntries(mask, hours, drawPattern(random), random));
  const visible = windows.map(({ mask }, row) => mask.map((measured, entry) => measured - hidden[row]![entry]!));
  const seen = windows.map(({ values, mask }, row) =>
    encodeMeasured(values, random() < RISK_HIDDEN_SHARE ? visible[row]! : mask, hours),
  );
  // One step from each equal part of [0, 1): every batch sees all noise levels.
  const steps = windows.map((_, row) => (row + random()) / count);
  const levels = steps.map(noiseLevel);
  const pairs = pairShares(labels);
  const keep = 1 - risk.dropout;
  const dropout = (units: number): Tensor =>
    runtime.tensor(
      Float32Array.from({ length: count * units }, () => (random() < keep ? 1 / keep : 0)),
      [count, units],
    );
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
    riskMask: gridTensor(seen.map(({ mask }) => mask)),
    hoursSince: gridTensor(seen.map(({ hoursSince }) => hoursSince)),
    statistics: runtime.tensor(joined(seen.map((window) => window.statistics)), [count, signals, statistics]),
    static: runtime.tensor(joined(windows.map(({ static: stay }) => stay)), [count, staticSize]),
    noise: noiseOf(0),
    unmeasured: noiseOf(normals.length / 2),
    step: runtime.tensor(Float32Array.from(steps), [count, 1]),
    alpha: level(levels.map(({ alpha }) => alpha)),
    sigma: level(levels.map(({ sigma }) => sigma)),
    targets: runtime.tensor(Float32Array.from(targets), [count]),
    pairs: {
      alike: runtime.tensor(pairs.alike, [count, count]),
      different: runtime.tensor(pairs.different, [count, count]),
    },
    dropoutMask: dropout(risk.lstmUnits),
    statisticMask: dropout(risk.statisticUnits),
  };
}

/** Frees what {@link trainingBatch} made. */
export function disposeBatch(runtime: TensorRuntime, { pairs, ...tensors }: JointBatch<Tensor>): void {
  runtime.dispose([...Object.values(tensors), pairs.alike, pairs.different]);
}
