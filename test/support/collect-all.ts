/** Everything that an asynchronous iteration gives, in order. */
export async function collectAll<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}
