import { RowImputer } from './row-imputer.js';

/** Last observation carried forward; before the first one, the training mean of the hour. Only the past of an entry is used. */
export class LocfImputer extends RowImputer {
  readonly id = 'locf';

  protected override fillRow(values: Float32Array, mask: Float32Array): void {
    let last: number | undefined;
    for (let hour = 0; hour < values.length; hour++) {
      if (mask[hour] === 1) last = values[hour]!;
      else if (last !== undefined) values[hour] = last;
    }
  }
}
