import type { Observation } from '#clinical';
import type { StayState } from '../stays/stay-state.js';
import { passed, rejected, type StepResult } from './step-result.js';

/** Merges an observation into its stay's window. */
export function applyObservation(
  state: StayState,
  observation: Observation,
): StepResult<'applied' | 'duplicate' | 'outranked'> {
  const result = state.window.merge(observation);
  if (result === 'late') return rejected('late', 'effectiveAtMs: older than the 24-hour window of the stay');
  return passed(result);
}
