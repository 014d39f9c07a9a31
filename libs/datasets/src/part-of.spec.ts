import { describe, expect, it } from '@jest/globals';
import { partOf } from './part-of.js';

describe('the split', () => {
  it('gives 70, 15 and 15 per cent of persons', () => {
    const counts = { train: 0, validation: 0, test: 0 };
    for (let person = 0; person < 20_000; person += 1) counts[partOf(`challenge-2012/${person}`)] += 1;
    expect(Math.abs(counts.train / 20_000 - 0.7)).toBeLessThan(0.01);
    expect(Math.abs(counts.validation / 20_000 - 0.15)).toBeLessThan(0.01);
    expect(Math.abs(counts.test / 20_000 - 0.15)).toBeLessThan(0.01);
  });

  it('never moves a person: these stand for all that was ever trained on', () => {
    expect(partOf('challenge-2012/132539')).toBe('train');
    expect(partOf('challenge-2012/132540')).toBe('test');
    expect(partOf('eicu-demo/002-1039')).toBe('validation');
  });
});
