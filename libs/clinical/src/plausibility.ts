import { signalDefinition, type SignalId } from './signal-catalogue.js';

/** Whether a value in the stored unit is physiologically possible. NaN and infinities are not. */
export function isPlausible(signal: SignalId, value: number): boolean {
  const [low, high] = signalDefinition(signal).plausible;
  return value >= low && value <= high;
}
