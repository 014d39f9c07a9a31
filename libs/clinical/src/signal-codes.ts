import { SIGNAL_IDS, signalDefinition, type SignalId } from './signal-catalogue.js';

const SIGNAL_BY_LOINC = new Map<string, SignalId>();
const SIGNAL_BY_MDC = new Map<number, SignalId>();
for (const signal of SIGNAL_IDS) {
  const { loinc, mdc } = signalDefinition(signal);
  for (const code of loinc) SIGNAL_BY_LOINC.set(code, signal);
  for (const code of mdc) SIGNAL_BY_MDC.set(code, signal);
}

/** The signal of a LOINC code, or undefined when the catalogue does not map it (a potassium by mass such as 75940-7 is not). */
export function signalOfLoinc(code: string): SignalId | undefined {
  return SIGNAL_BY_LOINC.get(code);
}

/** The signal of an MDC code (ISO/IEEE 11073-10101), or undefined when the catalogue does not map it. */
export function signalOfMdc(code: number): SignalId | undefined {
  return SIGNAL_BY_MDC.get(code);
}
