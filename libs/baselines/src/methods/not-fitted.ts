/** @throws Error always: a method was used before it was fitted */
export function notFitted(id: string): never {
  throw new Error(`${id} has not been fitted: call fit() with training windows first`);
}
