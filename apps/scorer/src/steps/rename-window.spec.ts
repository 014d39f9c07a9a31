import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HOUR_MS, SIGNAL_SETS } from '#clinical';
import { anyBedsideRecords } from '../../../../test/support/scorer/any-bedside-records.js';
import { logged } from '../../../../test/support/scorer/bedside-records.js';
import type { ReleaseFacts } from '../inference/window-scorer.js';
import { takeInRecord } from '../pipeline/take-in-record.js';
import { PartitionStays } from '../stays/partition-stays.js';
import type { StayState } from '../stays/stay-state.js';
import { assembleWindow } from './assemble-window.js';
import { readsTheSame, renameWindow } from './rename-window.js';

const FIRST: ReleaseFacts = {
  ...{ releaseId: 'first', stage: 'untrained', engine: 'spec', signals: SIGNAL_SETS['paper-11'] },
  floor: { completeness: 0.1, hoursSinceAdmission: 0 },
};
const SECOND: ReleaseFacts = { ...FIRST, releaseId: 'second', floor: { completeness: 0.3, hoursSinceAdmission: 6 } };

describe('renameWindow', () => {
  it('gives the window that would have been assembled for the other release', () => {
    fc.assert(
      fc.property(anyBedsideRecords(), (records) => {
        const onDue = (state: StayState): void => {
          expect(renameWindow(assembleWindow(state, FIRST), SECOND)).toEqual(assembleWindow(state, SECOND));
        };
        const stays = new PartitionStays(0);
        const context = { release: FIRST, scoreEveryMs: HOUR_MS, hasRoom: () => true, onDue };
        for (const record of logged(records)) takeInRecord(stays, record, context);
      }),
      { numRuns: 30 },
    );
  });

  it('is for releases that read the same signals in the same order', () => {
    expect(readsTheSame(FIRST, SECOND)).toBe(true);
    expect(readsTheSame(FIRST, { ...SECOND, signals: SIGNAL_SETS['icu-36'] })).toBe(false);
    expect(readsTheSame(FIRST, { ...SECOND, signals: [...FIRST.signals].reverse() })).toBe(false);
  });
});
