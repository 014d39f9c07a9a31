import type { Ops } from '#network';

/** State of an LSTM after an hour, [..., units] each. */
export interface LstmState<T> {
  readonly hidden: T;
  readonly cell: T;
}

/**
 * One hour of an LSTM whose gates have been summed up already, in the order input, output, forget, candidate.
 * @param gates [..., 4 · units]
 * @param cell  [..., units]
 */
export function lstmStep<T>(ops: Ops<T>, gates: T, cell: T): LstmState<T> {
  const [input, output, forget, candidate] = ops.split(gates, 4, -1) as [T, T, T, T];
  const kept = ops.multiply(ops.sigmoid(forget), cell);
  const next = ops.add(kept, ops.multiply(ops.sigmoid(input), ops.tanh(candidate)));
  return { hidden: ops.multiply(ops.sigmoid(output), ops.tanh(next)), cell: next };
}
