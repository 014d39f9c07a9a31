/** Without the fields that are there but undefined, so that what is read back from JSON equals what was written. */
export function withoutAbsent<T extends object>(value: T): T {
  if (!Object.values(value).includes(undefined)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}
