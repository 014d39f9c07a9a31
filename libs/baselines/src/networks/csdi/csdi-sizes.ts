import { linearArrays, transformerArrays, type PlannedArray } from '../parts/planned-array.js';
import type { GridSize } from '../training/window-batch.js';

/** Sizes of CSDI. */
export interface CsdiSizes {
  /** Width of an entry; a multiple of `heads`. */
  readonly channels: number;
  readonly heads: number;
  readonly layers: number;
  readonly feedForward: number;
  /** Numbers that tell the diffusion step; even, at least 4. */
  readonly stepEmbedding: number;
  /** Numbers that tell the hour. */
  readonly hourEmbedding: number;
  /** Numbers that tell the signal. */
  readonly signalEmbedding: number;
}

/** Every array of CSDI. The last projection starts at zero, as the authors' does. */
export function planCsdi(sizes: CsdiSizes, { signals }: GridSize): PlannedArray[] {
  const { channels, layers, feedForward, stepEmbedding } = sizes;
  return [
    ...linearArrays('input', 2, channels),
    { name: 'signal', shape: [signals, sizes.signalEmbedding], start: 'glorot' },
    ...linearArrays('step1', stepEmbedding, stepEmbedding),
    ...linearArrays('step2', stepEmbedding, stepEmbedding),
    ...Array.from({ length: layers }, (_, layer) => [
      ...linearArrays(`layer${layer}.step`, stepEmbedding, channels),
      ...transformerArrays(`layer${layer}.time`, channels, feedForward),
      ...transformerArrays(`layer${layer}.signal`, channels, feedForward),
      ...linearArrays(`layer${layer}.mid`, channels, 2 * channels),
      ...linearArrays(`layer${layer}.sideHour`, sizes.hourEmbedding, 2 * channels),
      {
        name: `layer${layer}.sideSignal.weight`,
        shape: [sizes.signalEmbedding, 2 * channels],
        start: 'glorot',
      } as const,
      { name: `layer${layer}.sideMask.weight`, shape: [1, 2 * channels], start: 'glorot' } as const,
      ...linearArrays(`layer${layer}.out`, channels, 2 * channels),
    ]).flat(),
    ...linearArrays('out1', channels, channels),
    ...linearArrays('out2', channels, 1, 'zeros'),
  ];
}
