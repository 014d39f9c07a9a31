/** A copy of an object without one of its fields. */
export function without<T extends object, K extends keyof T & string>(whole: T, field: K): Omit<T, K> {
  return Object.fromEntries(Object.entries(whole).filter(([name]) => name !== field)) as Omit<T, K>;
}
