import { RowImputer } from './row-imputer.js';

/** A straight line between neighbouring measured hours; the first and last are carried to the ends. A signal never measured: the training means. */
export class LinearImputer extends RowImputer {
  readonly id = 'linear';

  protected override fillRow(values: Float32Array, mask: Float32Array): void {
    let before = -1;
    for (let hour = 0; hour < values.length; hour++) {
      if (mask[hour] !== 1) continue;
      if (before < 0) values.fill(values[hour]!, 0, hour);
      else drawLine(values, before, hour);
      before = hour;
    }
    if (before >= 0) values.fill(values[before]!, before + 1);
  }
}

function drawLine(values: Float32Array, from: number, to: number): void {
  const step = (values[to]! - values[from]!) / (to - from);
  for (let hour = from + 1; hour < to; hour++) values[hour] = values[from]! + step * (hour - from);
}
