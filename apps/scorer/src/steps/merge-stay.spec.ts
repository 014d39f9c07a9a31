import { describe, expect, it } from '@jest/globals';
import { HOUR_MS, MINUTE_MS } from '#clinical';
import type { LogRecord, OutgoingRecord } from '#stream';
import { decodeData, STAY_WITHDRAWN, WINDOW_JOINED, windowJoinedSchema, type WindowJoined } from '#wire';
import { windowObservations } from '#windows';
import { admission, observation } from '../../../../test/support/scorer/bedside-records.js';
import { ComputedScorer } from '../../../../test/support/scorer/computed-scorer.js';
import {
  cancelledAdmission,
  cancelledDischarge,
  discharge,
  merge,
  withdrawal,
} from '../../../../test/support/scorer/life-records.js';
import { takeInRecord } from '../pipeline/take-in-record.js';
import { PartitionStays } from '../stays/partition-stays.js';
import { joinedRecord } from './merge-stay.js';

const { release } = new ComputedScorer();

/** A partition that tells how each record ended and what follows from it. */
class Partition {
  readonly stays = new PartitionStays(0);
  readonly due: string[] = [];
  private offset = 0n;

  take(...records: OutgoingRecord[]) {
    return records.map((outgoing) => {
      const record: LogRecord = { ...outgoing, topic: 'bedside-events', partition: 0, offset: this.offset++ };
      return takeInRecord(this.stays, record, {
        ...{ release, scoreEveryMs: 5 * MINUTE_MS, hasRoom: () => true },
        onDue: ({ stay }) => void this.due.push(stay.stayId),
      });
    });
  }

  outcomes(...records: OutgoingRecord[]): string[] {
    return this.take(...records).map(({ outcome }) => outcome);
  }
}

function joinedOf(record: OutgoingRecord | undefined): WindowJoined {
  expect(record?.headers['ce_type']).toBe(WINDOW_JOINED);
  const decoded = decodeData(windowJoinedSchema, record!.value);
  if (!decoded.ok) throw new Error(decoded.problem);
  return decoded.data;
}

describe('a merge', () => {
  it('of a stay into itself, of an unknown or a cancelled one, or into a second survivor is refused', () => {
    const one = new Partition();
    one.take(admission('a'), admission('c'), cancelledAdmission('c', 0));
    expect(one.outcomes(merge('a', 'a', 0), merge('nobody', 'a', 0), merge('c', 'a', 0))).toEqual([
      ...['merge-refused', 'stay-unknown', 'stay-cancelled'],
    ]);
    expect(one.outcomes(merge('a', 'b', 1), merge('a', 'b', 2), merge('a', 'd', 3))).toEqual([
      ...['applied', 'duplicate', 'merge-refused'],
    ]);
  });

  it('answers with the window for the survivor, the same bytes each time', () => {
    const answer = () => {
      const [, , taken] = new Partition().take(admission('a'), observation('a', HOUR_MS), merge('a', 'b', 2 * HOUR_MS));
      return taken!.followUp!;
    };
    expect(answer()).toEqual(answer());
    expect(answer().key).toBe('b');
    expect(joinedOf(answer())).toMatchObject({ stayId: 'b', priorStayId: 'a', priorStayIds: ['a'], withdrawn: false });
  });

  it('of a stay that has ended takes its record back', () => {
    const one = new Partition();
    one.take(admission('a'), discharge('a', HOUR_MS), merge('a', 'b', 2 * HOUR_MS));
    expect([...one.stays.outcomes]).toEqual([['a', 'merged']]);
  });
});

describe('a joined window', () => {
  /** A merge of `a`, which has a heart rate of 80 and a lactate after an hour, into `b`. */
  function answered(): OutgoingRecord {
    const lactate = observation('a', HOUR_MS, { signal: 'lactate', value: 2, unit: 'mmol/L' });
    const [taken] = new Partition()
      .take(admission('a'), observation('a', HOUR_MS), lactate, merge('a', 'b', HOUR_MS))
      .slice(-1);
    return taken!.followUp!;
  }

  it('is joined once, scored, and kept in the history of the survivor', () => {
    const one = new Partition();
    one.take(admission('b'), observation('b', 0));
    one.due.length = 0;
    const [first, again] = one.take(answered(), answered());
    expect([first!.outcome, again!.outcome]).toEqual(['applied', 'duplicate']);
    expect(first!.points!.map((point) => point.kind === 'observation' && [point.stayId, point.signal]).sort()).toEqual([
      ...[
        ['b', 'heart-rate'],
        ['b', 'lactate'],
      ],
    ]);
    expect(one.due).toEqual(['b']);
    expect(one.stays.live.get('b')!.priorStayIds).toEqual(['a']);
  });

  it('needs a survivor: an unknown or cancelled one refuses it whole', () => {
    const one = new Partition();
    expect(one.outcomes(answered())).toEqual(['stay-unknown']);
    one.take(admission('b'), cancelledAdmission('b', 0));
    expect(one.outcomes(answered())).toEqual(['stay-cancelled']);
    const damaged = joinedRecord({ ...joinedOf(answered()), windowBase64: 'AAAA', stayId: 'c' }, 0);
    expect(one.outcomes(admission('c'), damaged)).toEqual(['applied', 'malformed']);
  });

  it('is handed on by a survivor that was merged itself, and ends where merges form a ring', () => {
    const one = new Partition();
    one.take(admission('b'), merge('b', 'c', HOUR_MS));
    const [handed] = one.take(answered());
    expect(handed!.outcome).toBe('applied');
    const onward = joinedOf(handed!.followUp);
    expect([onward.stayId, onward.throughStayIds, onward.priorStayIds]).toEqual(['c', ['a', 'b'], ['a']]);
    const ring = new Partition();
    ring.take(admission('b'), merge('b', 'a', HOUR_MS));
    expect(ring.outcomes(answered())).toEqual(['merge-refused']);
  });

  it('joins an ended survivor, whose record is published anew', () => {
    const one = new Partition();
    one.take(admission('b'), discharge('b', 2 * HOUR_MS));
    one.stays.outcomes.clear();
    expect(one.outcomes(answered())).toEqual(['applied']);
    expect([...one.stays.outcomes]).toEqual([['b', 'completed']]);
    expect(windowObservations(one.stays.ended.get('b')!.window!)).toHaveLength(2);
  });

  it('of a withdrawn stay withdraws the survivor, and a withdrawal after the merge follows the stay', () => {
    const prior = new Partition();
    const [, , taken] = prior.take(admission('a'), withdrawal('a', 0), merge('a', 'b', HOUR_MS));
    const one = new Partition();
    one.take(admission('b'), taken!.followUp!);
    expect(one.stays.live.get('b')!.withdrawn).toBe(true);
    const merged = new Partition();
    const [, , late, again] = merged.take(
      ...[admission('a'), merge('a', 'b', HOUR_MS), withdrawal('a', 2 * HOUR_MS), withdrawal('a', 3 * HOUR_MS)],
    );
    expect([late!.followUp?.key, late!.followUp?.headers['ce_type']]).toEqual(['b', STAY_WITHDRAWN]);
    expect([again!.outcome, again!.followUp]).toEqual(['duplicate', undefined]);
  });
});

describe('a message about the life of a stay that comes twice', () => {
  it('does not turn back what happened since', () => {
    const one = new Partition();
    const ended = discharge('a', HOUR_MS);
    const cancelled = cancelledDischarge('a', 2 * HOUR_MS);
    one.take(admission('a'), ended);
    expect(one.outcomes(cancelled, cancelled, ended)).toEqual(['applied', 'duplicate', 'outranked']);
    expect(one.stays.live.has('a')).toBe(true);
  });
});
