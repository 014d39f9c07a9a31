import { SIGNAL_SETS } from '#clinical';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NormaliserFit } from './fit-normaliser.js';
import { SignalNormaliser } from './signal-normaliser.js';

const SIGNALS = ['heart-rate', 'creatinine', 'mechanical-ventilation'] as const;

/** Two hours of three signals: 60 and 100 beats, creatinine e^0 and e^2, ventilated at all times. */
function fitted(): SignalNormaliser {
  const fit = new NormaliserFit(SIGNALS);
  fit.add(Float32Array.of(60, 100, 1, Math.exp(2), 1, 1), new Float32Array(6).fill(1));
  return new SignalNormaliser(SIGNALS, fit.scales());
}

describe('NormaliserFit', () => {
  it('takes mean and deviation of what was measured, of the logarithm where the signal is skewed', () => {
    const { scales } = fitted();
    expect(scales['heart-rate']).toEqual({ mean: 80, sd: 20 });
    expect(scales['creatinine']!.mean).toBeCloseTo(1, 6);
    expect(scales['creatinine']!.sd).toBeCloseTo(1, 6);
    expect(scales['creatinine']!.logOffset).toBe(0);
  });

  it('does not look at missing entries and keeps a constant signal finite', () => {
    const fit = new NormaliserFit(['heart-rate', 'mechanical-ventilation']);
    fit.add(Float32Array.of(70, 9999, 1, 1), Float32Array.of(1, 0, 1, 1));
    fit.add(Float32Array.of(90, 9999, 1, 1), Float32Array.of(1, 0, 1, 1));
    expect(fit.scales()['heart-rate']!.mean).toBe(80);
    expect(fit.scales()['mechanical-ventilation']!.sd).toBeGreaterThan(0);
  });

  it('has a scale for a signal that was never seen', () => {
    const scales = new NormaliserFit(SIGNAL_SETS['icu-36']).scales();
    for (const scale of Object.values(scales)) expect(scale.sd).toBeGreaterThan(0);
  });
});

describe('SignalNormaliser', () => {
  it('gives 0 where missing, and cuts off what is beyond six deviations', () => {
    const normalised = fitted().normalise(Float32Array.of(100, 340, 1, 1, 1, 1), Float32Array.of(1, 1, 1, 0, 1, 1));
    expect(normalised[0]).toBe(1);
    expect(normalised[1]).toBe(6);
    expect(normalised[3]).toBe(0);
  });

  it('cuts off elsewhere, or nowhere, where it is asked to', () => {
    const { scales } = fitted();
    const values = Float32Array.of(100, 340, 1, 1, 1, 1);
    const at = (limit: number): number =>
      new SignalNormaliser(SIGNALS, scales, limit).normalise(values, new Float32Array(6).fill(1))[1]!;
    expect(at(2)).toBe(2);
    // (340 - 80) / 20
    expect(at(Infinity)).toBe(13);
  });

  it('comes back to the stored unit', () => {
    const normaliser = fitted();
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 40, noNaN: true }), (creatinine) => {
        const normalised = normaliser.normalise(
          Float32Array.of(0, 0, creatinine, 0, 0, 0),
          Float32Array.of(0, 0, 1, 0, 0, 0),
        );
        expect(normaliser.toStoredUnit(1, normalised[2]!)).toBeCloseTo(creatinine, 3);
      }),
    );
  });

  it('never leaves the physiologically possible', () => {
    expect(fitted().toStoredUnit(0, -100)).toBe(10);
    expect(fitted().toStoredUnit(0, 100)).toBe(350);
  });

  it('refuses a signal without a scale', () => {
    expect(() => new SignalNormaliser(['sodium'], {})).toThrow('no usable scale for sodium');
  });
});
