import { describe, expect, it } from '@jest/globals';
import { readDatasetFlag } from './read-dataset-flag.js';

describe('readDatasetFlag', () => {
  it('splits at the first sign of equality', () => {
    expect(readDatasetFlag('eicu=/data/a=b')).toEqual({ id: 'eicu', path: '/data/a=b' });
  });

  it.each(['eicu', 'eicux', 'eicu=', '=/data', 'synthetic=/data'])('refuses %s', (text) => {
    expect(() => readDatasetFlag(text)).toThrow('expected one of challenge-2012, ');
  });
});
