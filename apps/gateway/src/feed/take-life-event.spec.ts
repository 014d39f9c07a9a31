import { describe, expect, it } from '@jest/globals';
import { HOUR_MS, MINUTE_MS } from '#clinical';
import type { OutgoingRecord } from '#stream';
import {
  ADMITTED_AT_MS,
  admission,
  end,
  logged,
  observation,
} from '../../../../test/support/scorer/bedside-records.js';
import {
  cancelledAdmission,
  cancelledDischarge,
  merge,
  transfer,
  withdrawal,
} from '../../../../test/support/scorer/life-records.js';
import { score } from '../../../../test/support/live/made-events.js';
import { AGES_POLICY_V1 } from '../ward/ages-policy.js';
import { LogClock } from '../ward/log-clock.js';
import { WardState } from '../ward/ward-state.js';
import { takeRecord } from './take-record.js';

function shown() {
  const ward = new WardState({ ages: AGES_POLICY_V1 });
  const clock = new LogClock();
  const take = (...records: OutgoingRecord[]) =>
    logged(records).map((record) => takeRecord(record, ward, clock, ADMITTED_AT_MS + 1e9));
  const beds = () =>
    [...ward.staysOf({ kind: 'all' })].map(({ stayId, ward: name, bed }) => `${stayId} ${name}/${bed}`);
  const takeScore = (stayId: string) => ward.score(score(stayId, ADMITTED_AT_MS), '{}', ADMITTED_AT_MS);
  return { ward, take, beds, takeScore };
}

describe('the life of stays in the ward view', () => {
  it('moves a stay to its new bed, and tells the ward that it left', () => {
    const { ward, take, beds } = shown();
    take(admission('a'));
    const before = ward.sequence;
    expect(take(transfer('a', HOUR_MS), transfer('a', HOUR_MS), admission('a'))).toEqual([
      ...['applied', 'duplicate', 'not-newer'],
    ]);
    expect(beds()).toEqual(['a w2/b7']);
    expect(ward.departuresSince(before)).toMatchObject([{ stayId: 'a', ward: 'w' }]);
  });

  it('shows a reopened stay as going on, also when its end comes again', () => {
    const { ward, take } = shown();
    take(admission('a'), end('a', HOUR_MS));
    expect(ward.stay('a')!.technicalState).toBe('ended');
    expect(take(cancelledDischarge('a', 2 * HOUR_MS), end('a', HOUR_MS), cancelledDischarge('a', 2 * HOUR_MS))).toEqual(
      [...['applied', 'not-newer', 'duplicate']],
    );
    expect([ward.stay('a')!.endedAtMs, ward.stay('a')!.technicalState]).toEqual([undefined, 'stale']);
    expect(take(end('a', 3 * HOUR_MS), transfer('a', 4 * HOUR_MS))).toEqual(['applied', 'not-shown']);
  });

  it('brings a reopened stay back that had ended so long ago that it was no longer shown', () => {
    const { ward, take, beds, takeScore } = shown();
    take(admission('a'), end('a', HOUR_MS));
    ward.sweep(ADMITTED_AT_MS + 30 * HOUR_MS);
    expect(takeScore('a')).toBe('stay-gone');
    expect(take(cancelledDischarge('a', 31 * HOUR_MS))).toEqual(['applied']);
    expect(takeScore('a')).toBe('shown');
    expect(beds()).toEqual(['a icu-1/bed-a']);
  });

  it('shows no stay whose admission was cancelled, whatever still comes of it', () => {
    const { take, beds, takeScore } = shown();
    take(admission('a'), admission('b'));
    expect(take(cancelledAdmission('a', MINUTE_MS), cancelledAdmission('a', MINUTE_MS))).toEqual([
      ...['applied', 'duplicate'],
    ]);
    expect(take(observation('a', HOUR_MS), admission('a'))).toEqual(['stay-gone', 'stay-gone']);
    expect(takeScore('a')).toBe('stay-gone');
    expect(beds()).toEqual(['b w/b']);
  });

  it('shows merged stays once, and refuses what the scorer refuses', () => {
    const { take, beds } = shown();
    take(admission('a'), admission('b'));
    expect(take(merge('b', 'b', 0), merge('a', 'b', HOUR_MS), merge('b', 'a', HOUR_MS))).toEqual([
      ...['not-shown', 'applied', 'not-shown'],
    ]);
    expect(beds()).toEqual(['b w/b']);
  });

  it('knows a merge of a stay whose admission is no longer on the log', () => {
    const { take, beds, takeScore } = shown();
    expect(take(merge('old', 'b', HOUR_MS))).toEqual(['applied']);
    expect(takeScore('old')).toBe('stay-gone');
    expect(beds()).toEqual([]);
  });

  it('knows the end, the move and the values of a stay whose admission is no longer on the log', () => {
    const { ward, take, beds, takeScore } = shown();
    expect(
      take(transfer('old', HOUR_MS), observation('old', 2 * HOUR_MS), end('old', 3 * HOUR_MS), end('nobody', 0)),
    ).toEqual(['stay-unknown', 'stay-unknown', 'stay-unknown', 'stay-unknown']);
    expect(beds()).toEqual([]);
    expect(takeScore('old')).toBe('shown');
    expect(beds()).toEqual(['old w2/b7']);
    expect(ward.stay('old')!.technicalState).toBe('ended');
    expect([...ward.stay('old')!.newest.values()]).toMatchObject([{ effectiveAtMs: ADMITTED_AT_MS + 2 * HOUR_MS }]);
    ward.sweep(ADMITTED_AT_MS + 27 * HOUR_MS);
    expect(beds()).toEqual([]);
  });

  it('takes nothing of what came before an admission, as the scorer does', () => {
    const { ward, take, beds } = shown();
    take(transfer('a', HOUR_MS), end('a', 2 * HOUR_MS), admission('a'));
    expect(beds()).toEqual(['a w/b']);
    expect(ward.stay('a')!.endedAtMs).toBeUndefined();
  });

  it('counts what it does not show', () => {
    const { take } = shown();
    expect(take(admission('a'), withdrawal('a', 0), transfer('nobody', 0))).toEqual([
      ...['applied', 'not-shown', 'stay-unknown'],
    ]);
  });
});
