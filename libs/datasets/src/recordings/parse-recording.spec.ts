import { describe, expect, it } from '@jest/globals';
import { collectAll } from '../../../../test/support/collect-all.js';
import { join } from 'node:path';
import { partOf } from '../part-of.js';
import { readDataset } from '../read-dataset.js';
import { shiftStay } from '../shift-stay.js';
import { formatRecording } from './format-recording.js';
import { parseRecording } from './parse-recording.js';

const ADMITTED =
  '{"event":"stay-admitted","stayId":"a","datasetId":"synthetic","patientId":"p","site":"s","ward":"w","bed":"b","static":{}}';
const ENDED = '{"event":"stay-ended","endedAtMs":1000,"outcome":"died"}';

function observationLine(more: object): string {
  const line = {
    event: 'observation',
    signal: 'heart-rate',
    value: 70,
    unit: '/min',
    effectiveAtMs: 0,
    source: 'monitor',
  };
  return JSON.stringify({ ...line, ...more });
}

describe('a recording', () => {
  it('gives back the stay that was written', async () => {
    for await (const recorded of readDataset({ id: 'synthetic' })) {
      expect(parseRecording(formatRecording(recorded), 'a')).toEqual(recorded);
    }
  });

  it('converts units that the catalogue accepts', () => {
    const text = [ADMITTED, observationLine({ signal: 'temperature', value: 98.6, unit: '[degF]' }), ENDED].join('\n');
    expect(parseRecording(text, 'a').observations[0]?.value).toBeCloseTo(37, 6);
  });

  it.each([
    ['a broken line', [ADMITTED, '{', ENDED], /line 2 is not JSON/],
    ['no end', [ADMITTED, observationLine({})], /stay-ended line last/],
    ['no admission', [observationLine({}), ENDED], /stay-admitted line first/],
    ['an unknown signal', [ADMITTED, observationLine({ signal: 'mood' }), ENDED], /line 2: signal/],
    ['an unknown unit', [ADMITTED, observationLine({ unit: 'kg' }), ENDED], /line 2: unit "kg"/],
    ['an impossible value', [ADMITTED, observationLine({ value: 0 }), ENDED], /heart-rate 0 is impossible/],
    [
      'wrong order',
      [ADMITTED, observationLine({ effectiveAtMs: 9 }), observationLine({}), ENDED],
      /line 3: expected lines in the order/,
    ],
    ['a value after the end', [ADMITTED, observationLine({ effectiveAtMs: 1001 }), ENDED], /after the end at 1000 ms/],
    [
      'availability before measurement',
      [ADMITTED, observationLine({ effectiveAtMs: 9, availableAtMs: 3 }), ENDED],
      /before it was measured/,
    ],
  ])('with %s is refused with a sentence', (_, lines, sentence) => {
    expect(() => parseRecording(lines.join('\n'), 'x.ndjson')).toThrow(sentence);
  });

  it('counts its times from admission', async () => {
    const [recorded] = await collectAll(readDataset({ id: 'synthetic', stays: 1 }));
    expect(() => formatRecording(shiftStay(recorded!, 5))).toThrow(RangeError);
  });
});

describe('the shipped recordings', () => {
  it('are a dozen, with ends of both kinds, and none that a model has learned from', async () => {
    const stays = await collectAll(readDataset({ id: 'recordings', path: join('test', 'recordings') }));
    expect(stays).toHaveLength(12);
    const real = stays.filter(({ datasetId }) => datasetId === 'challenge-2012');
    expect(real.map(({ patientId }) => partOf(patientId))).toEqual(Array(6).fill('test'));
    for (const group of [real, stays.filter(({ datasetId }) => datasetId === 'synthetic')]) {
      expect(new Set(group.map(({ outcome }) => outcome))).toEqual(new Set(['died', 'survived']));
    }
  });
});
