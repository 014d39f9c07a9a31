import { describe, expect, it } from '@jest/globals';
import { Fifo } from './fifo.js';

describe('Fifo', () => {
  it('gives everything back in order, over thousands of items', () => {
    const fifo = new Fifo<number>();
    const taken: number[] = [];
    for (let item = 0; item < 5_000; item++) {
      fifo.add(item);
      if (item % 3 > 0) taken.push(fifo.take()!);
    }
    expect(fifo.first).toBe(taken.length);
    while (fifo.size > 0) taken.push(fifo.take()!);
    expect(taken).toEqual(Array.from({ length: 5_000 }, (_, item) => item));
    expect(fifo.take()).toBeUndefined();
  });
});
