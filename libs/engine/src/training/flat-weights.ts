import type { NetworkWeights, WeightArray } from '#network';
import type { Tensor, TensorFlow } from '../tensorflow/tensor.js';

/** Where each named array lies in one long vector. */
export interface FlatLayout {
  names: string[];
  shapes: number[][];
  sizes: number[];
  total: number;
}

/** The layout of a set of weights, in the order of their names as given. */
export function flatLayout(weights: NetworkWeights): FlatLayout {
  const entries = Object.entries(weights);
  const sizes = entries.map(([, { values }]) => values.length);
  return {
    names: entries.map(([name]) => name),
    shapes: entries.map(([, { shape }]) => [...shape]),
    sizes,
    total: sizes.reduce((sum, size) => sum + size, 0),
  };
}

/** All arrays one after another. */
export function flatten(layout: FlatLayout, weights: NetworkWeights): Float32Array {
  const all = new Float32Array(layout.total);
  let offset = 0;
  layout.names.forEach((name, i) => {
    const values = weights[name]?.values;
    if (values === undefined || values.length !== layout.sizes[i]) {
      throw new Error(`weight "${name}" has ${values?.length ?? 'no'} numbers; expected ${layout.sizes[i]}`);
    }
    all.set(values, offset);
    offset += values.length;
  });
  return all;
}

/** The inverse of {@link flatten}; the arrays are copies. */
export function unflatten(layout: FlatLayout, all: Float32Array): NetworkWeights {
  let offset = 0;
  const entries = layout.names.map((name, i) => {
    const end = offset + (layout.sizes[i] ?? 0);
    const values = all.slice(offset, end);
    offset = end;
    return [name, { shape: [...(layout.shapes[i] ?? [])], values }] as [string, WeightArray];
  });
  return Object.fromEntries(entries);
}

/** The named tensors of one long vector, differentiable: two operations for all of them. */
export function unflattenTensor(tf: TensorFlow, layout: FlatLayout, all: Tensor): Record<string, Tensor> {
  const parts = tf.split(all, layout.sizes, 0);
  return Object.fromEntries(
    layout.names.map((name, i) => [name, tf.reshape(parts[i] as Tensor, layout.shapes[i] ?? [])]),
  );
}
