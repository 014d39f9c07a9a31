import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HOUR_MS, MINUTE_MS } from '#clinical';
import type { LogRecord, OutgoingRecord } from '#stream';
import { DEAD_LETTER_OUTCOMES, EVENT_OUTCOMES, type EventOutcome } from '#wire';
import { anyBedsideRecords } from '../../../../test/support/scorer/any-bedside-records.js';
import {
  ADMITTED_AT_MS,
  admission,
  end,
  logged,
  observation,
} from '../../../../test/support/scorer/bedside-records.js';
import { ComputedScorer } from '../../../../test/support/scorer/computed-scorer.js';
import { PartitionStays } from '../stays/partition-stays.js';
import { assembleWindow } from '../steps/assemble-window.js';
import { restoreFrom } from '../steps/restore-stays.js';
import { takeSnapshots } from '../steps/write-snapshots.js';
import { takeInRecord } from './take-in-record.js';

const { release } = new ComputedScorer();
const SCORE_EVERY_MS = 5 * MINUTE_MS;

interface Due {
  readonly at: bigint;
  readonly scoreId: string;
}

/** Takes records in; tells how each ended and which windows were due at which record. */
function takeIn(
  stays: PartitionStays,
  records: readonly LogRecord[],
  panels = true,
): { outcomes: EventOutcome[]; due: Due[] } {
  const due: Due[] = [];
  const outcomes = records.map((record) => {
    const onDue = (state: Parameters<typeof assembleWindow>[0]) => {
      due.push({ at: record.offset, scoreId: assembleWindow(state, release).scoreId });
    };
    const context = { release, scoreEveryMs: SCORE_EVERY_MS, panels, hasRoom: () => true, onDue };
    const taken = takeInRecord(stays, record, context);
    expect(taken.rejection !== undefined).toBe(DEAD_LETTER_OUTCOMES.has(taken.outcome));
    return taken.outcome;
  });
  return { outcomes, due };
}

/** The stays as a restart finds them. */
function restored(stays: PartitionStays): PartitionStays {
  for (const group of [stays.live, stays.ended, stays.departed, stays.givenUp]) {
    for (const stayId of group.keys()) stays.touched.add(stayId);
  }
  return restoreFrom(
    stays.partition,
    takeSnapshots(stays).map(({ key, value }) => [key, value!]),
  );
}

function outcomesOf(records: readonly OutgoingRecord[]): EventOutcome[] {
  return takeIn(new PartitionStays(0), logged(records)).outcomes;
}

describe('takeInRecord', () => {
  it('ends every record in exactly one outcome of the closed set', () => {
    fc.assert(
      fc.property(anyBedsideRecords(), (records) => {
        const outcomes = outcomesOf(records);
        expect(outcomes).toHaveLength(records.length);
        for (const outcome of outcomes) expect(EVENT_OUTCOMES).toContain(outcome);
      }),
    );
  });

  it('finds the same windows due after a restart from snapshots, wherever they were taken and reading starts again', () => {
    fc.assert(
      fc.property(anyBedsideRecords(), fc.nat(), fc.nat(), (outgoing, cutSeed, backSeed) => {
        const records = logged(outgoing);
        const cut = cutSeed % (records.length + 1);
        const from = backSeed % (cut + 1);
        const through = takeIn(new PartitionStays(0), records).due;
        const before = new PartitionStays(0);
        takeIn(before, records.slice(0, cut));
        const again = takeIn(restored(before), records.slice(from)).due;
        expect(again).toEqual(through.filter(({ at }) => at >= BigInt(cut)));
      }),
    );
  });

  it('counts what a snapshot already contains as a duplicate, whatever it was before', () => {
    const records = logged([admission('a'), observation('a', 0), observation('a', 0, { unit: 'mol' })]);
    const stays = new PartitionStays(0);
    expect(takeIn(stays, records).outcomes).toEqual(['applied', 'applied', 'unit-unknown']);
    expect(takeIn(restored(stays), records).outcomes).toEqual(['duplicate', 'duplicate', 'duplicate']);
  });

  it('names the ends that depend on the stay', () => {
    const early = observation('a', 0);
    const old = observation('a', 0, { availableAtMs: ADMITTED_AT_MS + 30 * HOUR_MS });
    expect(
      outcomesOf([early, admission('a'), observation('a', 30 * HOUR_MS), old, end('a'), early, admission('a')]),
    ).toEqual(['stay-unknown', 'applied', 'applied', 'late', 'applied', 'stay-ended', 'stay-ended']);
  });

  it('scores a laboratory panel once, when the log has moved on', () => {
    const at = 60_000;
    const lab = (signal: string, value: number, unit: string) =>
      observation('a', at, { signal, value, unit, source: 'laboratory' });
    const records = logged([
      admission('a'),
      observation('a', 0),
      observation('a', 0, { signal: 'spo2', value: 97, unit: '%' }),
      lab('potassium', 4, 'mmol/L'),
      lab('sodium', 140, 'mmol/L'),
      lab('glucose', 100, 'mg/dL'),
      admission('b', { admittedAtMs: ADMITTED_AT_MS }),
      { ...admission('c'), timestampMs: ADMITTED_AT_MS + at + 1 },
    ]);
    const { due } = takeIn(new PartitionStays(0), records);
    expect(due.map(({ at: offset }) => Number(offset))).toEqual([1, 2, 7]);
    const { due: without } = takeIn(new PartitionStays(0), records, false);
    expect(without.map(({ at: offset }) => Number(offset))).toEqual([1, 2]);
  });

  it('scores what is waiting when the stay ends', () => {
    const lactate = { signal: 'lactate', value: 2, unit: 'mmol/L', source: 'laboratory' as const };
    const records = logged([admission('a'), observation('a', 0), observation('a', 60_000, lactate), end('a', 60_000)]);
    const { due } = takeIn(new PartitionStays(0), records);
    expect(due.map(({ at }) => Number(at))).toEqual([1, 3]);
  });
});
