import protobuf from 'protobufjs';

/** The messages of ONNX that a graph of these networks needs, with the field numbers of the standard's `onnx.proto3`. */
const DESCRIPTOR = {
  nested: {
    Model: {
      fields: {
        irVersion: { type: 'int64', id: 1 },
        producerName: { type: 'string', id: 2 },
        graph: { type: 'Graph', id: 7 },
        opsetImport: { rule: 'repeated', type: 'OperatorSet', id: 8 },
      },
    },
    OperatorSet: { fields: { domain: { type: 'string', id: 1 }, version: { type: 'int64', id: 2 } } },
    Graph: {
      fields: {
        node: { rule: 'repeated', type: 'Node', id: 1 },
        name: { type: 'string', id: 2 },
        initializer: { rule: 'repeated', type: 'Tensor', id: 5 },
        input: { rule: 'repeated', type: 'ValueInfo', id: 11 },
        output: { rule: 'repeated', type: 'ValueInfo', id: 12 },
      },
    },
    Node: {
      fields: {
        input: { rule: 'repeated', type: 'string', id: 1 },
        output: { rule: 'repeated', type: 'string', id: 2 },
        name: { type: 'string', id: 3 },
        opType: { type: 'string', id: 4 },
        attribute: { rule: 'repeated', type: 'Attribute', id: 5 },
        domain: { type: 'string', id: 7 },
      },
    },
    Attribute: {
      fields: {
        name: { type: 'string', id: 1 },
        f: { type: 'float', id: 2 },
        i: { type: 'int64', id: 3 },
        floats: { rule: 'repeated', type: 'float', id: 7 },
        ints: { rule: 'repeated', type: 'int64', id: 8 },
        // bytes in the standard, which are the same on the wire
        strings: { rule: 'repeated', type: 'string', id: 9 },
        type: { type: 'int32', id: 20 },
      },
    },
    Tensor: {
      fields: {
        dims: { rule: 'repeated', type: 'int64', id: 1 },
        dataType: { type: 'int32', id: 2 },
        name: { type: 'string', id: 8 },
        rawData: { type: 'bytes', id: 9 },
      },
    },
    ValueInfo: { fields: { name: { type: 'string', id: 1 }, type: { type: 'ValueType', id: 2 } } },
    ValueType: { fields: { tensorType: { type: 'TensorType', id: 1 } } },
    TensorType: { fields: { elemType: { type: 'int32', id: 1 }, shape: { type: 'TensorShape', id: 2 } } },
    TensorShape: { fields: { dim: { rule: 'repeated', type: 'Dimension', id: 1 } } },
    Dimension: { fields: { dimValue: { type: 'int64', id: 1 }, dimParam: { type: 'string', id: 2 } } },
  },
};

/** Domain of ONNX's operators for methods other than networks. */
export const ONNX_ML = 'ai.onnx.ml';

/** A domain beside the standard's own. */
export type OnnxDomain = typeof ONNX_ML;

/** A node of a graph: one operator applied to named values. */
export interface OnnxNode {
  input: string[];
  output: string[];
  name: string;
  opType: string;
  attribute: OnnxAttribute[];
  /** Whose operator it is; the standard's own where absent. */
  domain?: OnnxDomain;
}

/** A setting of a node; `type` is 1 for `f`, 2 for `i`, 6 for `floats`, 7 for `ints`, 8 for `strings`. */
export interface OnnxAttribute {
  name: string;
  type: number;
  f?: number;
  i?: number;
  floats?: number[];
  ints?: number[];
  strings?: string[];
}

/** A constant; `dataType` is 1 for 32-bit floats, 7 for 64-bit integers, `rawData` little-endian. */
export interface OnnxTensor {
  dims: number[];
  dataType: number;
  name: string;
  rawData: Uint8Array;
}

/** An input or output of a graph: a number where the length is fixed, a word where it is free. */
export interface OnnxPort {
  name: string;
  dims: readonly (number | string)[];
}

/** A whole graph. */
export interface OnnxGraphContent {
  name: string;
  node: OnnxNode[];
  initializer: OnnxTensor[];
  input: OnnxPort[];
  output: OnnxPort[];
}

const IR_VERSION = 8;
const OPSET_VERSION = 17;
const ML_OPSET_VERSION = 3;

/** Serialises a graph as an ONNX model of opset 17, with opset 3 of {@link ONNX_ML} where a node is of that domain. */
export function encodeOnnxModel(graph: OnnxGraphContent): Uint8Array {
  const ml = graph.node.some(({ domain }) => domain === ONNX_ML);
  const type = protobuf.Root.fromJSON(DESCRIPTOR).lookupType('Model');
  const message = type.fromObject({
    irVersion: IR_VERSION,
    producerName: 'vigil',
    opsetImport: [
      { domain: '', version: OPSET_VERSION },
      ...(ml ? [{ domain: ONNX_ML, version: ML_OPSET_VERSION }] : []),
    ],
    graph: { ...graph, input: graph.input.map(valueInfo), output: graph.output.map(valueInfo) },
  });
  return type.encode(message).finish();
}

function valueInfo({ name, dims }: OnnxPort): object {
  const dim = dims.map((one) => (typeof one === 'number' ? { dimValue: one } : { dimParam: one }));
  return { name, type: { tensorType: { elemType: 1, shape: { dim } } } };
}
