/** The engine that older cells were computed on; they do not name it. */
const USUAL = 'onnx-cpu';

/** What a cell's key says of a bundle's engine: nothing of the usual one, so that older cells are found again. */
export function engineKey(engine: string | undefined): { readonly engine?: string } {
  return engine === undefined || engine === USUAL ? {} : { engine };
}
