import { signalDefinition, type SignalId } from './signal-catalogue.js';

/**
 * A value in the signal's stored unit, or undefined when the unit is not one that the signal accepts.
 *
 * @param unit UCUM, as sent
 */
export function toStoredUnit(signal: SignalId, value: number, unit: string): number | undefined {
  const definition = signalDefinition(signal);
  if (unit === definition.unit) return value;
  if (!Object.hasOwn(definition.acceptedUnits, unit)) return undefined;
  const { factor, offset } = definition.acceptedUnits[unit]!;
  return value * factor + offset;
}
