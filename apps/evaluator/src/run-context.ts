import type { CodeVersion, Machine } from '#reporting';
import type { Methods } from './methods.js';

/** What a run of the command needs of its surroundings. */
export interface RunContext {
  readonly print: (line: string) => void;
  readonly nowMs: () => number;
  /** Asks for a stop after the current cell. */
  readonly signal: AbortSignal;
  readonly methods: Methods;
  readonly code: CodeVersion;
  readonly machine: Machine;
}

/** A wish that cannot be met as it stands; exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
