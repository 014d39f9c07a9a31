import { describe, expect, it } from '@jest/globals';
import type { ModelResponse } from '#wire';
import { afterReading, gatewayNowMs, NO_MODEL_YET } from './model-state.js';

const answerAt = (nowMs: number): ModelResponse => {
  const unavailable = { unavailable: 'not configured' };
  return { disclaimer: 'd', nowMs, releases: unavailable, trainings: unavailable, drift: unavailable };
};

describe('what is known about the model', () => {
  it('keeps the last answer and lets it age while the gateway cannot be read', () => {
    const read = afterReading(NO_MODEL_YET, answerAt(1_000_000), 500);
    const lost = afterReading(read, 'the gateway could not be reached', 5_500);
    expect(lost).toEqual({
      ...{ answer: answerAt(1_000_000), receivedAtMs: 500, lookedAtMs: 5_500 },
      problem: 'the gateway could not be reached',
    });
    expect([gatewayNowMs(read), gatewayNowMs(lost)]).toEqual([1_000_000, 1_005_000]);
    expect(afterReading(lost, answerAt(1_010_000), 10_500)).toMatchObject({ problem: undefined, receivedAtMs: 10_500 });
  });

  it('knows nothing before the first answer, whatever the failures', () => {
    expect(afterReading(NO_MODEL_YET, 'away', 7)).toEqual({ ...NO_MODEL_YET, problem: 'away', lookedAtMs: 7 });
  });

  it('never lets an age shrink when this page’s clock is set back', () => {
    const read = afterReading(NO_MODEL_YET, answerAt(1_000), 500);
    expect(gatewayNowMs(afterReading(read, 'away', 100))).toBe(1_000);
  });
});
