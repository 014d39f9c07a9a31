import { describe, expect, it } from '@jest/globals';
import { expectPartsAmong, partsFor } from './dataset-parts.js';

describe('the parts that a command was asked for', () => {
  it('go to the data set that has them; the others are read whole', () => {
    const asked = ['set-c', 'training_setB'];
    expect(partsFor('challenge-2012', asked)).toEqual(['set-c']);
    expect(partsFor('challenge-2019', asked)).toEqual(['training_setB']);
    expect(partsFor('eicu', asked)).toBeUndefined();
    expect(partsFor('challenge-2012', undefined)).toBeUndefined();
  });

  it('are read once each, however often they were named', () => {
    expect(partsFor('challenge-2012', ['set-b', 'set-a', 'set-b'])).toEqual(['set-b', 'set-a']);
  });

  it('are refused when only a data set that is not read has them, for all of the others would be read', () => {
    expect(() => expectPartsAmong(['challenge-2012', 'eicu'], ['set-a'])).not.toThrow();
    expect(() => expectPartsAmong(['challenge-2012'], undefined)).not.toThrow();
    expect(() => expectPartsAmong(['challenge-2012', 'eicu'], ['set-a', 'training_setB'])).toThrow(
      'The part "training_setB" is of challenge-2019, which is not read here. Name that data set, too, or leave the part out.',
    );
  });

  it('are refused when no data set has them', () => {
    expect(() => partsFor('challenge-2012', ['set-d'])).toThrow(
      /no part "set-d". Known are set-a, set-b, set-c, training/,
    );
  });
});
