import { linearLayer, transformerLayer, weight, type Ops, type Weights } from '#network';
import { biasedTransformerLayer, NO_ATTENTION } from '../parts/biased-transformer-layer.js';
import { maskedMean } from '../parts/losses.js';
import { linearArrays, normArrays, transformerArrays, type PlannedArray } from '../parts/planned-array.js';
import { sinePositions } from '../parts/sine-positions.js';
import { estimateOnce } from '../training/estimate-once.js';
import type { ImputerNetwork } from '../training/imputer-network.js';
import type { GridSize, HiddenBatch, WindowBatch } from '../training/window-batch.js';

/** Sizes of ReMasker. */
export interface ReMaskerSizes {
  /** Width of a token; a multiple of `heads`. */
  readonly channels: number;
  readonly heads: number;
  readonly encoderLayers: number;
  readonly decoderLayers: number;
  readonly feedForward: number;
  /** Hours of one signal that make one token; divides the hours of the window. */
  readonly patchHours: number;
}

/**
 * ReMasker (Du, Melis and Wang 2024, "ReMasker: Imputing tabular data with masked autoencoding"): next to what is missing, some of what
 * was measured is masked again; a transformer encodes the tokens that are left, a smaller one rebuilds all of them.
 *
 * The paper's table has one token a column. A window has `signals` × `hours` entries, and attention among all of them (264 or 864) is
 * out of reach, so a token holds `patchHours` hours of one signal with their mask, as the patches of the masked autoencoder for images
 * that ReMasker follows. Single entries are masked again, not whole tokens; a token of which nothing is left is not encoded.
 *
 * Loss: mean squared error at measured entries, shown and masked again alike, as in the paper.
 */
export function remasker(sizes: ReMaskerSizes): ImputerNetwork {
  return {
    id: 'remasker',
    stopsBy: 'masked-mae',
    plan: (size) => planReMasker(sizes, size),
    loss: (ops, weights, batch) => reMaskerLoss(ops, weights, sizes, batch),
    estimate: (runtime, weights, batch) => estimateOnce(runtime, (ops) => rebuild(ops, weights, sizes, batch)),
  };
}

function planReMasker(sizes: ReMaskerSizes, { signals, hours }: GridSize): PlannedArray[] {
  const { channels, encoderLayers, decoderLayers, feedForward, patchHours } = sizes;
  if (hours % patchHours !== 0)
    throw new RangeError(`a window of ${hours} hours cannot be cut into patches of ${patchHours}; choose a divisor`);
  const layers = (name: string, count: number): PlannedArray[] =>
    Array.from({ length: count }, (_, layer) => transformerArrays(`${name}${layer}`, channels, feedForward)).flat();
  return [
    ...linearArrays('embed', 2 * patchHours, channels),
    { name: 'signal', shape: [signals, 1, channels], start: 'glorot' },
    ...layers('encoder', encoderLayers),
    ...normArrays('encoded', channels),
    ...linearArrays('decode', channels, channels),
    { name: 'maskToken', shape: [1, 1, channels], start: 'glorot' },
    { name: 'decodedSignal', shape: [signals, 1, channels], start: 'glorot' },
    ...layers('decoder', decoderLayers),
    ...normArrays('decoded', channels),
    ...linearArrays('out', channels, patchHours),
  ];
}

/** Every entry of a batch from the measured ones: [batch, signal, hour]. */
export function rebuild<T>(ops: Ops<T>, weights: Weights<T>, sizes: ReMaskerSizes, batch: WindowBatch): T {
  const { channels, heads, encoderLayers, decoderLayers, patchHours } = sizes;
  const { count, signals, hours } = batch;
  const patches = hours / patchHours;
  const tokens = signals * patches;
  const layer = { tokens, channels, heads };
  const patch = (x: Float32Array): T => ops.constant(x, [count, tokens, patchHours]);
  const sines = ops.constant(sinePositions(patches, channels), [1, patches, channels]);
  const placeOf = (name: string): T => ops.reshape(ops.add(weight(weights, name), sines), [1, tokens, channels]);
  const left = tokensLeft(batch.mask, patchHours);
  const bias = ops.constant(
    left.map((one) => (one === 1 ? 0 : NO_ATTENTION)),
    [count, 1, 1, tokens],
  );
  let x = linearLayer(ops, weights, 'embed', ops.concat([patch(batch.values), patch(batch.mask)], 2));
  x = ops.add(x, placeOf('signal'));
  for (let at = 0; at < encoderLayers; at++)
    x = biasedTransformerLayer(ops, weights, `encoder${at}`, x, layer, bias).next;
  const encoded = linearLayer(ops, weights, 'decode', normalise(ops, weights, 'encoded', x));
  const isLeft = ops.constant(left, [count, tokens, 1]);
  const isGone = ops.offset(ops.scale(isLeft, -1), 1);
  const shown = ops.multiply(encoded, isLeft);
  x = ops.add(ops.add(shown, ops.multiply(weight(weights, 'maskToken'), isGone)), placeOf('decodedSignal'));
  for (let at = 0; at < decoderLayers; at++) x = transformerLayer(ops, weights, `decoder${at}`, x, layer);
  const out = linearLayer(ops, weights, 'out', normalise(ops, weights, 'decoded', x));
  return ops.reshape(out, [count, signals, hours]);
}

/** [batch, token] 1 where something of the token is measured and shown. */
function tokensLeft(mask: Float32Array, patchHours: number): Float32Array {
  const left = new Float32Array(mask.length / patchHours);
  mask.forEach((measured, entry) => {
    if (measured === 1) left[Math.floor(entry / patchHours)] = 1;
  });
  return left;
}

function reMaskerLoss<T>(ops: Ops<T>, weights: Weights<T>, sizes: ReMaskerSizes, batch: HiddenBatch): T {
  const grid = [batch.count, batch.signals, batch.hours];
  const measured = batch.mask.map((shown, entry) => shown + batch.hidden[entry]!);
  const error = ops.subtract(rebuild(ops, weights, sizes, batch), ops.constant(batch.truth, grid));
  return maskedMean(ops, ops.square(error), ops.constant(measured, grid), [0, 1, 2]);
}

function normalise<T>(ops: Ops<T>, weights: Weights<T>, name: string, x: T): T {
  return ops.layerNorm(x, weight(weights, `${name}.gain`), weight(weights, `${name}.bias`));
}
