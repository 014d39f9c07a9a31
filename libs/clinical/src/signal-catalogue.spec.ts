import { describe, expect, it } from '@jest/globals';
import { isPlausible } from './plausibility.js';
import { SIGNAL_IDS, signalDefinition } from './signal-catalogue.js';
import { signalOfLoinc, signalOfMdc } from './signal-codes.js';
import { SIGNAL_SETS } from './signal-sets.js';
import { toStoredUnit } from './unit-conversion.js';

describe('the signal catalogue', () => {
  it('maps every code to one signal only', () => {
    const loinc = SIGNAL_IDS.flatMap((signal) => signalDefinition(signal).loinc);
    const mdc = SIGNAL_IDS.flatMap((signal) => signalDefinition(signal).mdc);
    expect(new Set(loinc).size).toBe(loinc.length);
    expect(new Set(mdc).size).toBe(mdc.length);
  });

  it('knows the codes of the eleven signals of the published method', () => {
    const codes = [
      '8867-4',
      '8310-5',
      '8480-6',
      '8462-4',
      '8478-0',
      '9279-1',
      '59408-5',
      '2708-6',
      '2339-0',
      '2345-7',
      '2340-8',
      '2341-6',
      '718-7',
      '2823-3',
      '6298-4',
      '2951-2',
      '2947-0',
      '32717-1',
    ];
    expect(new Set(codes.map(signalOfLoinc))).toEqual(new Set(SIGNAL_SETS['paper-11']));
    expect(signalOfMdc(147842)).toBe('heart-rate');
  });

  it('refuses a potassium by mass', () => {
    expect([signalOfLoinc('75940-7'), signalOfLoinc('22760-3')]).toEqual([undefined, undefined]);
    expect(toStoredUnit('potassium', 16, 'mg/dL')).toBeUndefined();
  });

  it('refuses the urine of a day, which is not that of the moment at which it is charted', () => {
    expect([signalOfLoinc('9187-6'), signalOfLoinc('9192-6')]).toEqual(['urine-output', undefined]);
  });

  it('lists 11 and 36 signals, each once', () => {
    expect(new Set(SIGNAL_SETS['paper-11']).size).toBe(11);
    expect(new Set(SIGNAL_SETS['icu-36'])).toEqual(new Set(SIGNAL_IDS));
    expect(SIGNAL_SETS['icu-36'].slice(0, 11)).toEqual(SIGNAL_SETS['paper-11']);
  });

  it('has slots that divide the hour and ranges that are not empty', () => {
    for (const signal of SIGNAL_IDS) {
      const { slotMinutes, plausible } = signalDefinition(signal);
      expect([signal, 60 % slotMinutes, plausible[0] < plausible[1]]).toEqual([signal, 0, true]);
    }
  });
});

describe('units', () => {
  it.each([
    ['temperature', 98.6, '[degF]', 37],
    ['glucose', 5.55, 'mmol/L', 100],
    ['creatinine', 88.4, 'umol/L', 1],
    ['magnesium', 2.43, 'mg/dL', 1],
    ['fio2', 0.5, '1', 50],
    ['paco2', 5.33, 'kPa', 40],
    ['bilirubin', 17.1, 'umol/L', 1],
    ['urea-nitrogen', 7.14, 'mmol/L', 20],
  ] as const)('%s: %d %s is %d in the stored unit', (signal, value, unit, stored) => {
    expect(toStoredUnit(signal, value, unit)).toBeCloseTo(stored, 1);
  });

  it('leaves the stored unit alone and does not guess', () => {
    expect(toStoredUnit('sodium', 140, 'mmol/L')).toBe(140);
    expect(toStoredUnit('sodium', 140, 'toString')).toBeUndefined();
  });
});

describe('isPlausible', () => {
  it('includes the bounds and refuses what is no number', () => {
    const judged = [10, 350, 9.9, Number.NaN, Infinity].map((value) => isPlausible('heart-rate', value));
    expect(judged).toEqual([true, true, false, false, false]);
  });
});
