import { describe, expect, it } from '@jest/globals';
import { learnedBefore } from './learned-before.js';

const LOCAL = [{ id: 'local', path: '/stays' }] as const;
const PUBLIC = [{ id: 'eicu-demo', path: '/eicu' }] as const;

describe('learnedBefore', () => {
  it.each([
    ['what was asked for', { dataset: LOCAL, until: 70 }, undefined, 70],
    ['now, where nothing was', { dataset: LOCAL }, undefined, 100],
    ['nothing, without stays of the hospital', { dataset: PUBLIC, until: 70 }, undefined, undefined],
    ['what its forebear has learned from', { dataset: PUBLIC }, 80, 80],
    ['the later of both', { dataset: LOCAL, until: 70 }, 80, 80],
    ['the later of both, whichever it is', { dataset: LOCAL, until: 90 }, 80, 90],
  ])('is %s', (_, options, learnedBeforeMs, expected) => {
    const warmStart = learnedBeforeMs === undefined ? undefined : { learnedBeforeMs };
    expect(learnedBefore(options, warmStart, 100)).toBe(expected);
  });
});
