import { describe, expect, it } from '@jest/globals';
import type { LogRecord, OutgoingRecord } from '#stream';
import { ADMISSION_CANCELLED, DISCHARGE_CANCELLED, STAY_MERGED, STAY_TRANSFERRED, STAY_WITHDRAWN, TOPICS } from '#wire';
import {
  admittedRecord,
  atMinute,
  endedRecord,
  heardRecord,
  record,
  scoreRecord,
} from '../../../../test/support/alerting/alert-records.js';
import { readRecord } from './read-record.js';

function read(topic: string, outgoing: OutgoingRecord): ReturnType<typeof readRecord> {
  const standing: LogRecord = { ...outgoing, topic, partition: 0, offset: 0n };
  return readRecord(standing, standing.timestampMs);
}
const bedside = (outgoing: OutgoingRecord): unknown => {
  const result = read(TOPICS.bedsideEvents, outgoing);
  return result.kind === 'input' ? result.input : result.kind;
};
const event = (type: string, more: object = {}): OutgoingRecord =>
  record(type, 'a', 9, 'id', { stayId: 'a', atMs: atMinute(9), ...more });

describe('a record of the bedside', () => {
  it('is read as what it means for alerts', () => {
    const atMs = atMinute(9);
    const place = { site: 'north', ward: 'icu-1', bed: 'bed-a' };
    expect(bedside(admittedRecord('a', 9))).toEqual({ kind: 'placed', atMs, ...place });
    expect(bedside(event(STAY_TRANSFERRED, place))).toEqual({ kind: 'placed', atMs, ...place });
    expect(bedside(heardRecord('a', 9))).toEqual({ kind: 'heard', atMs, effectiveAtMs: atMs });
    expect(bedside(endedRecord('a', 9))).toEqual({ kind: 'ended', atMs });
    expect(bedside(event(ADMISSION_CANCELLED))).toEqual({ kind: 'ended', atMs });
    expect(bedside(event(DISCHARGE_CANCELLED))).toEqual({ kind: 'reopened', atMs });
    expect(bedside(event(STAY_MERGED, { survivorStayId: 'b' }))).toEqual({ kind: 'merged', atMs });
  });

  it('is ignored when it says nothing about alerts, or cannot be used, which the scorer tells', () => {
    expect(bedside(event(STAY_WITHDRAWN, { reason: 'consent' }))).toBe('ignored');
    expect(bedside(event(STAY_MERGED, { survivorStayId: 'a' }))).toBe('ignored');
    expect(bedside(event(STAY_TRANSFERRED, { ward: 1 }))).toBe('ignored');
    expect(bedside({ ...endedRecord('a', 9), key: 'b' })).toBe('ignored');
  });

  it('finds the time of a value in its bytes', () => {
    const heardOf = (text: string): unknown => bedside({ ...heardRecord('a', 9), value: Buffer.from(text) });
    expect(heardOf('{"source":"\\"effectiveAtMs\\":7","effectiveAtMs": 12,"x":1}')).toMatchObject({
      effectiveAtMs: 12,
    });
    expect(heardOf('{"x":1,"effectiveAtMs":-3}')).toMatchObject({ effectiveAtMs: -3 });
    expect(heardOf('{"effectiveAtMs":"soon"}')).toMatchObject({ effectiveAtMs: atMinute(9) });
  });
});

describe('a score', () => {
  it('gives its risk, NEWS2 and id, or why it was refused', () => {
    expect(read(TOPICS.riskScores, scoreRecord('a', 3, 0.4))).toMatchObject({
      input: { kind: 'score', score: { id: `a|${atMinute(3)}|d|r`, risk: { median: 0.4 }, news2: { total: 2 } } },
    });
    const refused = read(TOPICS.riskScores, scoreRecord('a', 3, undefined));
    expect(refused).toMatchObject({ input: { score: { refusedBecause: 'model-unavailable' } } });
  });

  it('that is malformed, of another type or under another key is refused, with the reason', () => {
    expect(read(TOPICS.riskScores, scoreRecord('a', 3, 7))).toMatchObject({ outcome: 'malformed' });
    expect(read(TOPICS.riskScores, heardRecord('a', 3))).toMatchObject({ outcome: 'type-unknown' });
    expect(read(TOPICS.riskScores, { ...scoreRecord('a', 3, 0.4), key: 'b' })).toMatchObject({ outcome: 'malformed' });
    expect(read(TOPICS.alertCommands, scoreRecord('a', 3, 0.4))).toMatchObject({ outcome: 'type-unknown' });
  });
});
