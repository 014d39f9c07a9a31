import { describe, expect, it } from '@jest/globals';
import { HOUR_MS, MINUTE_MS, SIGNAL_IDS } from '#clinical';
import { bedWith } from '../../../../test/support/live-frames.js';
import { ageWords, DAILY_LIMITS, freshness, momentWords } from './age-words.js';
import { decodedPart } from './decoded-part.js';
import { driverValueWords } from './driver-words.js';
import { NEWS2_PARTS, news2Missing, news2Total } from './news2-words.js';
import { riskInterval, riskPercent, riskPosition } from './risk-words.js';
import { logOddsWords, SHOWN_SIGNALS, signalUnit, valueWords } from './signal-words.js';
import { countStates, stateKind, stateWords } from './state-words.js';
import { staticLines } from './static-words.js';

describe('words', () => {
  it('writes a risk with the decimals it deserves and never as certainty', () => {
    expect([0, 0.0004, 0.0721, 0.0996, 0.41, 1].map(riskPercent)).toEqual([
      '<0.1 %',
      '<0.1 %',
      '7.2 %',
      '10 %',
      '41 %',
      '>99 %',
    ]);
    expect(riskInterval(0.031, 0.12)).toBe('3.1–12 %');
  });

  it('keeps the ends of the risk axis', () => {
    expect([riskPosition(0), riskPosition(0.25), riskPosition(1)]).toEqual([0, 0.5, 1]);
  });

  it('writes ages, and calls no data no data', () => {
    expect([undefined, 20_000, 4 * MINUTE_MS, 125 * MINUTE_MS, 76 * HOUR_MS].map(ageWords)).toEqual([
      '–',
      'now',
      '4 min',
      '2 h 05',
      '3 d 4 h',
    ]);
    expect(freshness(undefined)).toBe('none');
    expect(freshness(5 * HOUR_MS)).toBe('old');
    expect(freshness(5 * HOUR_MS, DAILY_LIMITS)).toBe('fresh');
  });

  it('writes a moment with its day unless that is today', () => {
    const atMs = new Date(2026, 0, 5, 14, 5, 9).getTime();
    expect(momentWords(atMs, atMs + 9 * HOUR_MS)).toBe('14:05:09');
    expect(momentWords(atMs, atMs + 10 * HOUR_MS)).toBe('5 Jan 14:05');
    expect(momentWords(atMs, new Date(2027, 0, 5, 14, 5, 9).getTime())).toBe('5 Jan 14:05');
  });

  it('writes the value that a driver had in the window, and none that is older', () => {
    const latest = [
      { signal: 'lactate', value: 4.24, atMs: 0 },
      { signal: 'arterial-ph', value: 7.3, atMs: 0 },
    ];
    expect(['lactate', 'arterial-ph', 'glucose'].map((signal) => driverValueWords(signal, latest))).toEqual([
      '4.2 mmol/L',
      '7.30',
      'imputed only',
    ]);
  });

  it('marks a NEWS2 that lacks parts as a lower bound and names them', () => {
    expect(news2Total(5, ['consciousness'])).toBe('≥5');
    expect(news2Total(5, [])).toBe('5');
    expect(
      news2Total(
        0,
        NEWS2_PARTS.map(({ part }) => part),
      ),
    ).toBe('–');
    expect(news2Missing(['consciousness', 'oxygen'])).toBe('missing: consciousness, air or oxygen');
  });

  it('shows every signal of the catalogue once, the eleven first', () => {
    expect([...SHOWN_SIGNALS].sort()).toEqual([...SIGNAL_IDS].sort());
    expect(SHOWN_SIGNALS[0]).toBe('heart-rate');
  });

  it('writes values and units as at the bedside', () => {
    expect(valueWords('temperature', 37)).toBe('37.0');
    expect(valueWords('mechanical-ventilation', 1)).toBe('on');
    expect(signalUnit('mean-arterial-pressure')).toBe('mmHg');
    expect(signalUnit('arterial-ph')).toBe('');
    expect([logOddsWords(0.421), logOddsWords(-0.1)]).toEqual(['+0.42', '−0.10']);
  });

  it('says why a live bed has no score', () => {
    const bed = bedWith({ stayId: 's', refusedBecause: 'too-early' });
    expect([stateWords(bed), stateKind(bed)]).toEqual(['too early', 'doubt']);
  });

  it('counts beds that need a look, most troubled first, and no others', () => {
    const beds = (['live', 'stale', 'silent', 'stale', 'ended'] as const).map((technicalState, number) =>
      bedWith({ stayId: String(number), technicalState }),
    );
    expect(countStates(beds).map(({ words, beds: count }) => `${count} ${words}`)).toEqual([
      '1 silent',
      '2 stale',
      '1 ended',
    ]);
  });

  it('takes a part of an address that is not encoded as it stands, and never fails', () => {
    expect(['a%20b', 'a%2Fb', '100 %', '%E0%A4%A'].map(decodedPart)).toEqual(['a b', 'a/b', '100 %', '%E0%A4%A']);
  });

  it('keeps the lines of what is unknown at admission', () => {
    expect(staticLines({ ageYears: 71 }).filter(({ value }) => value === undefined).length).toBe(5);
    expect(staticLines(undefined).length).toBe(6);
  });
});
