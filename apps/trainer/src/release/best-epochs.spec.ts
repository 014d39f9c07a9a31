import type { ValidationResult } from '#training';
import { describe, expect, it } from '@jest/globals';
import { bestEpochsOf } from './best-epochs.js';

describe('bestEpochsOf', () => {
  it('finds the best epoch of each risk network, counted over its own stage', () => {
    const epoch = (phase: ValidationResult['phase'], member: number, meanAuroc: number): ValidationResult => ({
      ...{ phase, member, meanAuroc, auroc: {}, imputationRmse: 0, imputationMae: 0 },
    });
    const first = [epoch('imputer', 0, 0), epoch('joint', 0, 0.7), epoch('joint', 0, 0.8), epoch('joint', 0, 0.75)];
    const second = [epoch('risk', 1, 0.81), epoch('risk', 1, 0.79)];
    expect(bestEpochsOf([...first, ...second], 2)).toEqual([3, 1]);
  });
});
