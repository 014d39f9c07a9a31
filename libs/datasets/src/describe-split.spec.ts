import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { describeSplit } from './describe-split.js';

describe('the description of a split', () => {
  it('counts persons by part, and its digest is that of the sorted lines', () => {
    // The parts of these three are pinned in part-of.spec.ts.
    const ids = ['eicu-demo/002-1039', 'challenge-2012/132540', 'challenge-2012/132539', 'challenge-2012/132540'];
    const lines = 'train challenge-2012/132539\ntest challenge-2012/132540\nvalidation eicu-demo/002-1039\n';
    expect(describeSplit(ids)).toEqual({
      train: 1,
      validation: 1,
      test: 1,
      digest: createHash('sha256').update(lines).digest('hex'),
    });
  });

  it('does not depend on order, and changes with a single person', () => {
    const ids = Array.from({ length: 50 }, (_, person) => `p/${person}`);
    const { digest } = describeSplit(ids);
    expect(describeSplit([...ids].reverse()).digest).toBe(digest);
    expect(describeSplit(ids.slice(1)).digest).not.toBe(digest);
  });

  it('is empty for nobody', () => {
    expect(describeSplit([])).toMatchObject({ train: 0, validation: 0, test: 0 });
  });
});
