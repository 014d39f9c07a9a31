import type { ScorerTally } from '#scorer';
import { setInterval } from 'node:timers';
import type { Standalone } from './standalone.js';

const LOOK_EVERY_MS = 250;
const SAY_EVERY_MS = 10_000;

/** Says when the first score is there, and every ten seconds what has happened, while anything does. */
export function followProgress(
  apps: Pick<Standalone, 'scorer'>,
  startedMs: number,
  say: (line: string) => void,
): { stop(): void } {
  let hasScore = false;
  let said = '';
  let saidAtMs = performance.now();
  const timer = setInterval(() => {
    const nowMs = performance.now();
    const tally = apps.scorer.tally();
    if (!hasScore && tally.windows.outcomes.scored + tally.windows.outcomes['already-published'] > 0) {
      hasScore = true;
      say(`first score after ${((nowMs - startedMs) / 1000).toFixed(1)} s`);
    }
    const line = tallyLine(tally);
    if (nowMs - saidAtMs < SAY_EVERY_MS || line === said) return;
    saidAtMs = nowMs;
    said = line;
    say(line);
  }, LOOK_EVERY_MS);
  return { stop: () => clearInterval(timer) };
}

/** One line of what went in and came out since the start. */
export function tallyLine({ stays, events, windows, deadLetters }: ScorerTally): string {
  const { scored, refused, superseded } = windows.outcomes;
  const scores = `${scored} scores, ${refused} refused, ${superseded} superseded, ${windows.waiting} waiting`;
  return `${stays} stays · ${events.received} events · ${scores} · ${deadLetters} dead letters`;
}
