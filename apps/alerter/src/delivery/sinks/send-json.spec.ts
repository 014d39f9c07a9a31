import { describe, expect, it } from '@jest/globals';
import { Receiver, type Answer } from '../../../../../test/support/delivery/receiver.js';
import { retryAfterMs } from './retry-after.js';
import { sendJson } from './send-json.js';

const NOW_MS = Date.parse('2026-01-05T08:00:00Z');

function send(url: string, timeoutMs = 5_000) {
  return sendJson({ method: 'POST', url, headers: {}, body: '{}', timeoutMs, nowMs: NOW_MS });
}

async function answerTo(answer: Answer) {
  await using receiver = await Receiver.listen(() => answer);
  return await send(receiver.url);
}

describe('what an answer means', () => {
  it.each([200, 201, 202, 204])('%i: taken', async (status) => {
    expect(await answerTo({ status })).toEqual({ outcome: 'delivered' });
  });

  it.each([301, 307, 400, 404, 409, 410, 412, 413, 422])('%i: never', async (status) => {
    expect(await answerTo({ status, headers: { location: '/elsewhere' }, body: 'no\n  way' })).toEqual({
      outcome: 'refused',
      detail: `status ${status}: no way`,
    });
  });

  it.each([401, 403, 407, 408, 425, 429, 500, 502, 503, 504])('%i: not now', async (status) => {
    expect(await answerTo({ status })).toEqual({ outcome: 'failed', detail: `status ${status}` });
  });

  it('keeps the beginning of a long answer and the pause that is asked for', async () => {
    const answer = await answerTo({ status: 429, headers: { 'retry-after': '7' }, body: 'x'.repeat(100_000) });
    expect(answer).toEqual({ outcome: 'failed', detail: `status 429: ${'x'.repeat(300)}`, retryAfterMs: 7_000 });
  });

  it('fails for now when nobody listens, and when no answer comes in time', async () => {
    const gone = await Receiver.listen();
    await gone[Symbol.asyncDispose]();
    expect(await send(gone.url)).toEqual({ outcome: 'failed', detail: 'no connection (ECONNREFUSED)' });
    await using silent = await Receiver.listen(() => new Promise(() => undefined));
    expect(await send(silent.url, 50)).toEqual({ outcome: 'failed', detail: 'no answer within 50 ms' });
  });
});

describe('Retry-After', () => {
  it('is a number of seconds or a date; anything else asks for nothing', () => {
    const asked = (value?: string) => retryAfterMs(value, NOW_MS);
    expect(asked('120')).toBe(120_000);
    expect(asked('Mon, 05 Jan 2026 08:00:30 GMT')).toBe(30_000);
    expect(asked('Mon, 05 Jan 2026 07:00:00 GMT')).toBe(0);
    expect([asked(), asked('soon'), asked('-5')]).toEqual([undefined, undefined, undefined]);
  });
});
