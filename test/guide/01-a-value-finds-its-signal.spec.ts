import { isPlausible, signalDefinition, signalOfLoinc, signalOfMdc, toStoredUnit } from '#clinical';
import { describe, expect, it } from '@jest/globals';

/**
 * # Chapter 1: A value finds its signal
 *
 * A monitor sends "MDC code 150344, 101.3 degrees Fahrenheit", a laboratory "LOINC 2823-3, 4.1 mmol/L". The signal catalogue is the one
 * place that knows what they mean, in which unit they are kept and which values a living body can have. What the catalogue does not
 * know is never guessed.
 */
describe('Chapter 1: a value finds its signal', () => {
  it('names the signal of a code, whichever vocabulary it comes from', () => {
    expect(signalOfMdc(150344)).toBe('temperature');
    expect(signalOfLoinc('2823-3')).toBe('potassium');
  });

  it('keeps every signal in one unit', () => {
    expect(toStoredUnit('temperature', 101.3, '[degF]')).toBeCloseTo(38.5, 6);
    expect(signalDefinition('temperature').unit).toBe('Cel');
  });

  it('answers "unknown" where another system would guess', () => {
    expect(signalOfLoinc('22760-3')).toBeUndefined();
    expect(toStoredUnit('potassium', 16, 'mg/dL')).toBeUndefined();
  });

  it('refuses the impossible and keeps the extreme, for the extreme is what matters', () => {
    expect(isPlausible('heart-rate', 0)).toBe(false);
    expect(isPlausible('heart-rate', 212)).toBe(true);
  });
});
