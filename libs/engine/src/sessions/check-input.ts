import type { HyperParameters } from '#network';
import type { AssessInput, DenoiseInput, EncodeInput } from './inference-engine.js';

/** @throws RangeError naming the input whose length is wrong */
export function checkEncodeInput(hyper: HyperParameters, input: EncodeInput): void {
  const window = windowLength(hyper, input.batch);
  expectLength('values', input.values, window);
  expectLength('mask', input.mask, window);
  expectLength('hoursSince', input.hoursSince, window);
  expectLength('static', input.static, input.batch * hyper.staticSize);
}

/** @throws RangeError naming the input whose length is wrong */
export function checkDenoiseInput(hyper: HyperParameters, input: DenoiseInput): void {
  const window = windowLength(hyper, input.batch);
  if (!Number.isInteger(input.samples) || input.samples < 1) {
    throw new RangeError(`samples is ${input.samples}; expected a whole number of at least 1`);
  }
  expectLength('noisy', input.noisy, window * input.samples);
  expectLength('mask', input.mask, window);
  expectLength('context', input.context, input.batch * hyper.hours * hyper.imputer.channels);
  if (input.step.length !== 1) expectLength('step', input.step, input.batch * input.samples);
}

/** @throws RangeError naming the input whose length is wrong */
export function checkAssessInput(hyper: HyperParameters, input: AssessInput): void {
  checkEncodeInput(hyper, input);
  expectLength('statistics', input.statistics, input.batch * hyper.signals * hyper.statistics);
}

function windowLength({ signals, hours }: HyperParameters, batch: number): number {
  if (!Number.isInteger(batch) || batch < 1) {
    throw new RangeError(`batch is ${batch}; expected a whole number of at least 1`);
  }
  return batch * signals * hours;
}

function expectLength(name: string, values: Float32Array, expected: number): void {
  if (values.length !== expected) throw new RangeError(`${name} holds ${values.length} numbers; expected ${expected}`);
}
