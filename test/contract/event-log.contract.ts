import { describe } from '@jest/globals';
import { appendContract } from './event-log-append.contract.js';
import { deliveryContract } from './event-log-delivery.contract.js';
import { groupContract } from './event-log-group.contract.js';
import type { CreateEventLogHarness } from './event-log-harness.js';
import { modelContract } from './event-log-model.contract.js';
import { agedContract, retentionContract } from './event-log-retention.contract.js';

/** Which parts of the contract can be tried. */
export interface EventLogTraits {
  /** Whether the harness can move the clock by which records grow old. */
  readonly ownClock: boolean;
  /** Runs of the model-based property; fewer where opening is slow. */
  readonly modelRuns: number;
}

/** What every adapter of the log promises. */
export function describeEventLogContract(
  adapter: string,
  create: CreateEventLogHarness,
  { ownClock, modelRuns }: EventLogTraits,
): void {
  describe(`${adapter} as an event log`, () => {
    describe('append', () => appendContract(create));
    describe('delivery', () => deliveryContract(create));
    describe('groups', () => groupContract(create));
    describe('what is kept', () => retentionContract(create));
    describe('any course of events', () => modelContract(create, modelRuns));
    if (ownClock) describe('what grows old', () => agedContract(create));
  });
}
