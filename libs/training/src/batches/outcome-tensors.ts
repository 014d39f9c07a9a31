import type { Tensor, TensorRuntime } from '#engine';
import { pairShares, type RiskBatch } from '#model';
import type { HyperParameters } from '#network';
import { joined } from './joined.js';
import type { LabelledWindows } from './training-batch.js';

/** What a risk network is told of one window's measurements: see `encodeMeasured`. */
export interface SeenWindow {
  readonly mask: Float32Array;
  readonly hoursSince: Float32Array;
  readonly statistics: Float32Array;
}

/**
 * The part of a batch that the risk network reads beside the values: what was measured, who it was, the outcomes, and the units that
 * are silenced, drawn here. The caller owns the tensors.
 */
export function outcomeTensors(
  runtime: TensorRuntime,
  { signals, hours, staticSize, statistics, risk }: HyperParameters,
  { windows, labels, targets = labels }: LabelledWindows,
  seen: readonly SeenWindow[],
  random: () => number,
): Omit<RiskBatch<Tensor>, 'values'> {
  const count = windows.length;
  const keep = 1 - risk.dropout;
  const dropout = (units: number): Tensor =>
    runtime.tensor(
      Float32Array.from({ length: count * units }, () => (random() < keep ? 1 / keep : 0)),
      [count, units],
    );
  const grid = (rows: readonly Float32Array[]): Tensor => runtime.tensor(joined(rows), [count, signals, hours]);
  const pairs = pairShares(labels);
  return {
    riskMask: grid(seen.map(({ mask }) => mask)),
    hoursSince: grid(seen.map(({ hoursSince }) => hoursSince)),
    statistics: runtime.tensor(joined(seen.map((window) => window.statistics)), [count, signals, statistics]),
    static: runtime.tensor(joined(windows.map(({ static: stay }) => stay)), [count, staticSize]),
    targets: runtime.tensor(Float32Array.from(targets), [count]),
    pairs: {
      alike: runtime.tensor(pairs.alike, [count, count]),
      different: runtime.tensor(pairs.different, [count, count]),
    },
    dropoutMask: dropout(risk.lstmUnits),
    statisticMask: dropout(risk.statisticUnits),
  };
}
