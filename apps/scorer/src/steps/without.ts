/** A copy of an object without one of its fields. */
export function without<T extends object, K extends keyof T>(whole: T, field: K): Omit<T, K> {
  const copy: Partial<T> = { ...whole };
  delete copy[field];
  return copy as Omit<T, K>;
}
