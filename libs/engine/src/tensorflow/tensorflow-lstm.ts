import type { LstmWeights } from '#network';
import type { Tensor, TensorFlow } from './tensor.js';

/**
 * An LSTM from a zero state, with one input projection for all hours at once and a loop over the hours for what depends on the
 * hour before. Gates in the order input, output, forget, candidate.
 * @param x [time, batch, i]
 * @returns [time, batch, h], or [batch, h] of the last hour
 */
export function tensorflowLstm(
  tf: TensorFlow,
  x: Tensor,
  weights: LstmWeights<Tensor>,
  output: 'sequence' | 'last',
): Tensor {
  const [time = 0, batch = 0, inputs = 0] = x.shape;
  const width = weights.input.shape[1] ?? 0;
  const units = width / 4;
  const projected = tf.add(tf.matMul(tf.reshape(x, [time * batch, inputs]), weights.input as never), weights.bias);
  const hours = tf.split(projected, time, 0) as Tensor[];
  const states: Tensor[] = [];
  let hidden: Tensor | undefined;
  let cell: Tensor | undefined;
  for (const hour of hours) {
    const gates = hidden === undefined ? hour : tf.add(hour, tf.matMul(hidden as never, weights.recurrent as never));
    const [open, candidate] = tf.split(gates, [3 * units, units], 1) as [Tensor, Tensor];
    const [input, out, forget] = tf.split(tf.sigmoid(open), 3, 1) as [Tensor, Tensor, Tensor];
    const fresh = tf.mul(input, tf.tanh(candidate));
    cell = cell === undefined ? fresh : tf.add(tf.mul(forget, cell), fresh);
    hidden = tf.mul(out, tf.tanh(cell));
    states.push(hidden);
  }
  if (hidden === undefined) throw new RangeError('an LSTM needs at least one hour, and was given none');
  return output === 'last' ? hidden : tf.stack(states, 0);
}
