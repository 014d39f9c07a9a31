import type { DeliveryPolicy } from '../delivery-policy.js';

/** `closed`: all may be sent. `open`: nothing is. `half-open`: one delivery is tried. */
export type CircuitState = 'closed' | 'open' | 'half-open';

/**
 * Spares a receiver that does not answer, and those who wait for it. Opens after failures in a row, rests, lets one delivery through, and rests twice as long when
 * that fails too. A refusal of one message is an answer, so it counts as a sign of life.
 */
export class Circuit {
  private failures = 0;
  private openUntilMs: number | undefined;
  private restMs: number;

  constructor(private readonly policy: Pick<DeliveryPolicy, 'openCircuitAfter' | 'circuitRestMs' | 'longestPauseMs'>) {
    this.restMs = policy.circuitRestMs;
  }

  stateAt(nowMs: number): CircuitState {
    if (this.openUntilMs === undefined) return 'closed';
    return nowMs < this.openUntilMs ? 'open' : 'half-open';
  }

  /** When the next delivery may be tried, epoch milliseconds; undefined while closed. */
  get restsUntilMs(): number | undefined {
    return this.openUntilMs;
  }

  /** The receiver answered. */
  answered(): void {
    this.failures = 0;
    this.openUntilMs = undefined;
    this.restMs = this.policy.circuitRestMs;
  }

  /** The receiver did not answer, or could not serve. Failures of what was sent before the circuit opened do not prolong its rest. */
  failed(nowMs: number): void {
    this.failures += 1;
    const state = this.stateAt(nowMs);
    if (state === 'open' || (state === 'closed' && this.failures < this.policy.openCircuitAfter)) return;
    this.openUntilMs = nowMs + this.restMs;
    this.restMs = Math.min(this.restMs * 2, this.policy.longestPauseMs);
  }
}
