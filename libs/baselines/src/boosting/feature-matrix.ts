/** Numbers side by side, one row a case. */
export interface FeatureMatrix {
  readonly rows: number;
  readonly columns: number;
  /** [row, column]; NaN where missing. */
  readonly values: Float32Array;
}

/** @throws RangeError when the values do not fill the rows and columns */
export function checkMatrix({ rows, columns, values }: FeatureMatrix): void {
  if (values.length !== rows * columns) {
    throw new RangeError(
      `a matrix of ${rows} rows and ${columns} columns needs ${rows * columns} values, not ${values.length}`,
    );
  }
}
