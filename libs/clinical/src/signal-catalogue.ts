import { LABORATORY_SIGNALS } from './laboratory-signals.js';
import type { SignalDefinition } from './signal-definition.js';
import { VITAL_SIGNALS } from './vital-signals.js';

/** Every signal that Vigil knows, once. The window keeps all of them; a release names those it uses. */
export const SIGNAL_CATALOGUE = { ...VITAL_SIGNALS, ...LABORATORY_SIGNALS } as const;

/** Identifier of a signal of the catalogue. */
export type SignalId = keyof typeof SIGNAL_CATALOGUE;

/** All identifiers, in the catalogue's order. The order is part of the snapshot format: append, never reorder. */
export const SIGNAL_IDS = Object.keys(SIGNAL_CATALOGUE) as readonly SignalId[];

/** Says whether a text names a signal of the catalogue. */
export function isSignalId(text: string): text is SignalId {
  return Object.hasOwn(SIGNAL_CATALOGUE, text);
}

/** The definition of a signal, as the general type. */
export function signalDefinition(signal: SignalId): SignalDefinition {
  return SIGNAL_CATALOGUE[signal];
}
