import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { StayWindow } from '#windows';
import { ADMITTED_AT_MS, anyObservation } from '../../../../test/support/any-observations.js';
import { ComputedScorer } from '../../../../test/support/scorer/computed-scorer.js';
import { refusalOf } from '../steps/is-scorable.js';
import { ScorableWatch } from './scorable-watch.js';
import type { StayState } from './stay-state.js';

const { release } = new ComputedScorer({ floor: { completeness: 0.4, hoursSinceAdmission: 2.5 } });

describe('ScorableWatch', () => {
  it('answers as if every signal were counted at every observation', () => {
    fc.assert(
      fc.property(fc.array(anyObservation(), { maxLength: 80 }), (observations) => {
        const watch = new ScorableWatch();
        const state = { window: new StayWindow(ADMITTED_AT_MS), due: { scorable: false } } as StayState;
        for (const observation of observations) {
          if (state.window.merge(observation) !== 'applied') continue;
          const counted = refusalOf(state.window, release) === undefined;
          expect(watch.isScorable(state, observation.signal, release)).toBe(counted);
        }
      }),
    );
  });
});
