import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#clinical';
import { ADMITTED_AT_MS, admission, logged, observation } from '../../../../test/support/scorer/bedside-records.js';
import { ComputedScorer } from '../../../../test/support/scorer/computed-scorer.js';
import { cancelledDischarge, discharge, merge } from '../../../../test/support/scorer/life-records.js';
import { takeInRecord } from '../pipeline/take-in-record.js';
import { PartitionStays } from '../stays/partition-stays.js';
import { forgetSilentStays, QUIET_BARRIERS } from './forget-silent-stays.js';
import { takeSnapshots } from './write-snapshots.js';

const { release } = new ComputedScorer();

function take(stays: PartitionStays, records: Parameters<typeof logged>[0], from = 0): string[] {
  return logged(records).map((record) => {
    const context = { release, scoreEveryMs: 5 * MINUTE_MS, hasRoom: () => true, onDue: () => undefined };
    return takeInRecord(stays, { ...record, offset: record.offset + BigInt(from) }, context).outcome;
  });
}

/** Lets log time pass, and barriers. */
function pass(stays: PartitionStays, days: number): void {
  stays.logTimeMs = ADMITTED_AT_MS + days * DAY_MS;
  for (let barrier = 0; barrier <= QUIET_BARRIERS; barrier++) {
    stays.outcomes.clear();
    forgetSilentStays(stays);
    takeSnapshots(stays);
  }
}

describe('forgetSilentStays', () => {
  const records = [
    ...[admission('ended'), admission('prior'), admission('silent'), observation('silent', 0)],
    ...[discharge('ended', HOUR_MS), merge('prior', 'ended', HOUR_MS)],
  ];

  it('forgets silent stays after two days, of ended ones only the window', () => {
    const stays = new PartitionStays(0);
    take(stays, records);
    pass(stays, 1);
    expect([stays.live.size, stays.ended.size]).toEqual([1, 1]);
    pass(stays, 3);
    expect([stays.size, stays.departed.size, stays.givenUp.size]).toEqual([0, 1, 1]);
    expect(take(stays, [observation('silent', 0), observation('ended', 0), observation('prior', 0)], 10)).toEqual([
      ...['stay-unknown', 'stay-ended', 'stay-merged'],
    ]);
  });

  it('takes an outcome that becomes known weeks later, reopens such a stay empty, and forgets it after ninety days', () => {
    const stays = new PartitionStays(0);
    take(stays, records);
    pass(stays, 3);
    const late = discharge('ended', HOUR_MS, { outcome: 'died' }, 30 * DAY_MS);
    expect(take(stays, [late, cancelledDischarge('ended', 31 * DAY_MS)], 10)).toEqual(['applied', 'applied']);
    expect(stays.live.get('ended')!.window.eventTimeMs).toBeUndefined();
    expect(take(stays, [discharge('ended', 32 * DAY_MS)], 20)).toEqual(['applied']);
    pass(stays, 40);
    pass(stays, 200);
    expect([stays.departed.size, stays.givenUp.size]).toEqual([0, 0]);
  });
});
