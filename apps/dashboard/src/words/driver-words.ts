import type { RiskScore } from '#wire';
import { signalUnit, valueWords } from './signal-words.js';

/**
 * The value that a signal had in the window of a score; `imputed only` where the window holds none, whatever was measured before it.
 *
 * @param latest of the score: the last value of each signal in its window
 */
export function driverValueWords(signal: string, latest: RiskScore['latest']): string {
  const held = latest.find((one) => one.signal === signal);
  return held === undefined ? 'imputed only' : `${valueWords(signal, held.value)} ${signalUnit(signal)}`.trim();
}
