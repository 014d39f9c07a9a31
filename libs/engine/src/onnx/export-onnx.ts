import {
  assessRisks,
  encodeWindow,
  planWeights,
  predictVelocity,
  type HyperParameters,
  type NetworkWeights,
  type Weights,
} from '#network';
import { GraphWriter, type GraphValue } from './graph-writer.js';
import { onnxOps } from './onnx-ops.js';

/** The three graphs of a release, each a whole ONNX model. */
export interface OnnxGraphs {
  /** values, mask, hoursSince [batch, signal, hour], static [batch, static] → context [batch, hour, channels], center, spread like values */
  encoder: Uint8Array;
  /** noisy [batch, sample, signal, hour], mask, context, step [batch or 1, sample or 1] → velocity like noisy */
  denoiser: Uint8Array;
  /** values, mask, hoursSince [batch, signal, hour], statistics [batch, signal, statistic], static → logit [batch, member], embedding [batch, member x embedding] */
  risk: Uint8Array;
}

/**
 * Writes the networks as ONNX graphs of opset 17 with a free batch axis. The same weights give the same bytes.
 * @throws Error naming a weight that is missing or has another shape
 */
export function exportOnnx(hyper: HyperParameters, weights: NetworkWeights): OnnxGraphs {
  return {
    encoder: writeEncoder(hyper, weights),
    denoiser: writeDenoiser(hyper, weights),
    risk: writeRisk(hyper, weights),
  };
}

function writeEncoder(hyper: HyperParameters, weights: NetworkWeights): Uint8Array {
  const writer = new GraphWriter('encoder');
  const { signals, hours, staticSize, imputer } = hyper;
  const { context, center, spread } = encodeWindow(onnxOps(writer), constants(writer, hyper, weights), hyper, {
    values: writer.input('values', ['batch', signals, hours]),
    mask: writer.input('mask', ['batch', signals, hours]),
    hoursSince: writer.input('hoursSince', ['batch', signals, hours]),
    static: writer.input('static', ['batch', staticSize]),
  });
  return writer.finish([
    { name: 'context', dims: ['batch', hours, imputer.channels], value: context },
    { name: 'center', dims: ['batch', signals, hours], value: center },
    { name: 'spread', dims: ['batch', signals, hours], value: spread },
  ]);
}

function writeDenoiser(hyper: HyperParameters, weights: NetworkWeights): Uint8Array {
  const writer = new GraphWriter('denoiser');
  const { signals, hours, imputer } = hyper;
  const velocity = predictVelocity(onnxOps(writer), constants(writer, hyper, weights), hyper, {
    noisy: writer.input('noisy', ['batch', 'sample', signals, hours]),
    mask: writer.input('mask', ['batch', signals, hours]),
    context: writer.input('context', ['batch', hours, imputer.channels]),
    step: writer.input('step', ['stepBatch', 'stepSample']),
  });
  return writer.finish([{ name: 'velocity', dims: ['batch', 'sample', signals, hours], value: velocity }]);
}

function writeRisk(hyper: HyperParameters, weights: NetworkWeights): Uint8Array {
  const writer = new GraphWriter('risk');
  const { signals, hours, staticSize, statistics } = hyper;
  const { logit, embedding } = assessRisks(onnxOps(writer), constants(writer, hyper, weights), hyper, {
    values: writer.input('values', ['batch', signals, hours]),
    mask: writer.input('mask', ['batch', signals, hours]),
    hoursSince: writer.input('hoursSince', ['batch', signals, hours]),
    statistics: writer.input('statistics', ['batch', signals, statistics]),
    static: writer.input('static', ['batch', staticSize]),
  });
  const { members } = hyper.risk;
  return writer.finish([
    { name: 'logit', dims: ['batch', members], value: logit },
    { name: 'embedding', dims: ['batch', members * hyper.risk.embedding], value: embedding },
  ]);
}

function constants(writer: GraphWriter, hyper: HyperParameters, weights: NetworkWeights): Weights<GraphValue> {
  const named = planWeights(hyper).map(({ name, shape }) => {
    const given = weights[name];
    if (given === undefined) throw new Error(`the weights hold no "${name}", which these hyper-parameters call for`);
    if (given.shape.join('x') !== shape.join('x')) {
      throw new Error(`weight "${name}" has the shape [${given.shape}]; these hyper-parameters call for [${shape}]`);
    }
    return [name, writer.named(name, given.values, shape)] as const;
  });
  return Object.fromEntries(named);
}
