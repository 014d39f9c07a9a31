import { describe, expect, it } from '@jest/globals';
import { KeptAnswer } from './kept-answer.js';

describe('a kept answer', () => {
  const asked = (): { at: (nowMs: number) => Promise<number> } => {
    let nowMs = 0;
    let times = 0;
    const kept = new KeptAnswer(
      async () => ++times,
      2_000,
      () => nowMs,
    );
    return {
      at: (then) => {
        nowMs = then;
        return kept.get();
      },
    };
  };

  it('is asked for once in the time that it is kept', async () => {
    const { at } = asked();
    expect([await at(5_000), await at(6_999), await at(7_000), await at(7_001)]).toEqual([1, 1, 2, 2]);
  });

  it('is asked for again when the clock is put back, rather than kept until it has come round', async () => {
    const { at } = asked();
    expect([await at(3_600_000), await at(5_000), await at(6_000)]).toEqual([1, 2, 2]);
  });
});
