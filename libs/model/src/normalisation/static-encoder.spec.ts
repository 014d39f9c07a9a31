import { describe, expect, it } from '@jest/globals';
import { encodeStatic, fitStaticScales, STATIC_FEATURES } from './static-encoder.js';

const SCALES = fitStaticScales([{ ageYears: 50 }, { ageYears: 70 }, {}]);

describe('encodeStatic', () => {
  it('marks what is known and leaves the unknown at zero', () => {
    const encoded = encodeStatic({ ageYears: 70, sex: 'male', unitType: 'neuro' }, 24, SCALES);
    const feature = (name: string): number => encoded[STATIC_FEATURES.indexOf(name)]!;
    expect(encoded).toHaveLength(STATIC_FEATURES.length);
    expect(feature('ageYears')).toBe(1);
    expect(feature('ageYearsKnown')).toBe(1);
    expect([feature('heightCm'), feature('heightCmKnown')]).toEqual([0, 0]);
    expect([feature('sex:female'), feature('sex:male')]).toEqual([0, 1]);
    expect(feature('unitType:neuro')).toBe(1);
    expect(STATIC_FEATURES.filter((name) => name.startsWith('ethnicity') && feature(name) !== 0)).toEqual([]);
    expect([feature('daysSinceAdmission'), feature('logHoursSinceAdmission')]).toEqual([0, 0]);
  });

  it('tells an unknown age from the mean age, and bounds a mistyped one', () => {
    expect(encodeStatic({ ageYears: 60 }, 5, SCALES)).not.toEqual(encodeStatic({}, 5, SCALES));
    expect(encodeStatic({ ageYears: 4000 }, 5, SCALES)[0]).toBe(4);
  });
});
