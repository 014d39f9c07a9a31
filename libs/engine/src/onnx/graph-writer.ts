import {
  encodeOnnxModel,
  type OnnxAttribute,
  type OnnxDomain,
  type OnnxNode,
  type OnnxPort,
  type OnnxTensor,
} from './onnx-schema.js';

/** A value that the graph will compute: its name, and its lengths, null where only running it will tell. */
export interface GraphValue {
  readonly name: string;
  readonly dims: readonly (number | null)[];
}

/** Settings of a node: whole numbers, lists of them, or `{ float }`, `{ floats }`, `{ strings }`. */
export type NodeSettings = Record<
  string,
  number | readonly number[] | { float: number } | { floats: readonly number[] } | { strings: readonly string[] }
>;

/** Collects the nodes and constants of one ONNX graph, in the order in which they are asked for. */
export class GraphWriter {
  readonly #name: string;
  readonly #nodes: OnnxNode[] = [];
  readonly #inputs: OnnxPort[] = [];
  readonly #constants = new Map<string, OnnxTensor>();
  #count = 0;

  constructor(name: string) {
    this.#name = name;
  }

  /** An input of 32-bit floats; a word stands for a free length. */
  input(name: string, dims: readonly (number | string)[]): GraphValue {
    this.#inputs.push({ name, dims });
    return { name, dims: dims.map((one) => (typeof one === 'number' ? one : null)) };
  }

  /** A constant of 32-bit floats under a name of its own, such as a weight. */
  named(name: string, values: Float32Array, dims: readonly number[]): GraphValue {
    this.#constants.set(name, { name, dims: [...dims], dataType: 1, rawData: littleEndian(values) });
    return { name, dims };
  }

  /** A constant of 32-bit floats; equal constants are kept once. */
  floats(values: Float32Array, dims: readonly number[]): GraphValue {
    const key = `float ${dims.join('x')} ${values.join(' ')}`;
    return this.#constant(key, { dims: [...dims], dataType: 1, rawData: littleEndian(values) });
  }

  /** A constant list of 64-bit integers (shapes, axes); equal lists are kept once. */
  integers(values: readonly number[]): GraphValue {
    const raw = littleEndian(BigInt64Array.from(values, BigInt));
    return this.#constant(`int ${values.join(' ')}`, { dims: [values.length], dataType: 7, rawData: raw });
  }

  /** Adds a node with as many outputs as shapes are given. */
  node(
    opType: string,
    inputs: readonly GraphValue[],
    outputs: readonly (readonly (number | null)[])[],
    settings: NodeSettings = {},
    domain?: OnnxDomain,
  ): GraphValue[] {
    const at = this.#count++;
    const values = outputs.map((dims, i) => ({ name: `v${at}_${i}`, dims }));
    this.#nodes.push({
      opType,
      name: `${opType}_${at}`,
      input: inputs.map(({ name }) => name),
      output: values.map(({ name }) => name),
      attribute: Object.entries(settings).map(attribute),
      ...(domain && { domain }),
    });
    return values;
  }

  /** The finished model, with constants that no node uses left out. */
  finish(outputs: readonly { name: string; dims: readonly (number | string)[]; value: GraphValue }[]): Uint8Array {
    for (const { name, value } of outputs) {
      this.#nodes.push({
        opType: 'Identity',
        name: `give_${name}`,
        input: [value.name],
        output: [name],
        attribute: [],
      });
    }
    const used = new Set(this.#nodes.flatMap(({ input }) => input));
    return encodeOnnxModel({
      name: this.#name,
      node: this.#nodes,
      initializer: [...this.#constants.values()].filter(({ name }) => used.has(name)),
      input: this.#inputs,
      output: outputs.map(({ name, dims }) => ({ name, dims })),
    });
  }

  #constant(key: string, content: Omit<OnnxTensor, 'name'>): GraphValue {
    const known = this.#constants.get(key) ?? { ...content, name: `c${this.#constants.size}` };
    this.#constants.set(key, known);
    return { name: known.name, dims: known.dims };
  }
}

function attribute([name, value]: [string, NodeSettings[string]]): OnnxAttribute {
  if (typeof value === 'number') return { name, type: 2, i: value };
  if ('float' in value) return { name, type: 1, f: value.float };
  if ('floats' in value) return { name, type: 6, floats: [...value.floats] };
  if ('strings' in value) return { name, type: 8, strings: [...value.strings] };
  return { name, type: 7, ints: [...value] };
}

/** ONNX stores little-endian, which is what every platform that Node runs ONNX Runtime on has. */
function littleEndian(values: Float32Array | BigInt64Array): Uint8Array {
  return new Uint8Array(values.buffer.slice(values.byteOffset, values.byteOffset + values.byteLength));
}
