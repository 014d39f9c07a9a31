import { UsageError } from './run-context.js';

/**
 * The methods asked for, in the order of the tables; all when none is named.
 *
 * @throws UsageError that names those that are there, when one is not
 */
export function chooseMethods(flag: string, wanted: readonly string[], known: readonly string[]): string[] {
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new UsageError(`${flag} ${unknown.join(', ')}: not among the methods here, which are ${known.join(', ')}`);
  return wanted.length === 0 ? [...known] : known.filter((name) => wanted.includes(name));
}
