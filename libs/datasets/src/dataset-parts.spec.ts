import { describe, expect, it } from '@jest/globals';
import { partsByDataset } from './dataset-parts.js';

describe('the parts that a command was asked for', () => {
  it('go to the data set that has them; the others are read whole', () => {
    const parts = partsByDataset(['challenge-2012', 'challenge-2019', 'eicu'], ['set-c', 'training_setB']);
    expect(parts.get('challenge-2012')).toEqual(['set-c']);
    expect(parts.get('challenge-2019')).toEqual(['training_setB']);
    expect(parts.get('eicu')).toBeUndefined();
    expect(partsByDataset(['challenge-2012'], undefined).get('challenge-2012')).toBeUndefined();
  });

  it('are read once each, however often they were named', () => {
    const parts = partsByDataset(['challenge-2012'], ['set-b', 'set-a', 'set-b']);
    expect(parts.get('challenge-2012')).toEqual(['set-b', 'set-a']);
  });

  it('are refused when only a data set that is not read has them, for all of the others would be read', () => {
    expect(() => partsByDataset(['challenge-2012', 'eicu'], ['set-a'])).not.toThrow();
    for (const read of [['challenge-2012', 'eicu'], []])
      expect(() => partsByDataset(read, ['training_setB'])).toThrow(
        'The part "training_setB" is of challenge-2019, which is not read here. Name that data set, too, or leave the part out.',
      );
  });

  it('are refused when no data set has them', () => {
    expect(() => partsByDataset(['challenge-2012'], ['set-d'])).toThrow(
      /no part "set-d". Known are set-a, set-b, set-c, training/,
    );
  });
});
