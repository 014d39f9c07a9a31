/** Bins of a number that are named for tables. */
export interface NumberBins {
  /** In ascending order, `unknown` last. */
  readonly names: readonly string[];
  /** Name of a number's bin; `unknown` for undefined and NaN. */
  nameOf(value: number | undefined): string;
}

/**
 * Bins between edges: `under 6 h`, `6 to under 12 h`, `12 h and over`.
 *
 * @param edges ascending, at least one
 * @param unit  printed behind the numbers; none where empty
 */
export function numberBins(edges: readonly number[], unit = ''): NumberBins {
  if (edges.length === 0 || edges.some((edge, at) => !(edge > (edges[at - 1] ?? -Infinity))))
    throw new RangeError(`bin edges ${edges.join(', ')}: expected at least one, each above the one before`);
  const behind = unit === '' ? '' : ` ${unit}`;
  const inner = edges.slice(1).map((edge, at) => `${edges[at]} to under ${edge}${behind}`);
  const names = [`under ${edges[0]}${behind}`, ...inner, `${edges.at(-1)}${behind} and over`, 'unknown'];
  return {
    names,
    nameOf: (value) =>
      value === undefined || Number.isNaN(value) ? 'unknown' : names[edges.filter((edge) => value >= edge).length]!,
  };
}
