import { learningRatesOf } from '../methods.js';
import type { Session } from '../session.js';

/** How much every fitted network was tuned, in sentences for the notes of a table. */
export function budgetNote({ options }: Session): string {
  const rates = learningRatesOf(options);
  const tried =
    rates.length === 1
      ? `learning rate ${rates[0]}`
      : `learning rates ${rates.join(' and ')}, each tried for a quarter of the passes, the one with the least validation error kept`;
  const stop =
    options.preset === 'paper'
      ? 'no early stop'
      : `an end after ${options.patience} passes without a better validation`;
  const hidden =
    options.hiddenInTraining === undefined
      ? ''
      : ` Imputers of others learn with up to ${100 * options.hiddenInTraining} % of a window hidden.`;
  return `The same budget for every fitted network: at most ${options.epochs} passes, ${stop}, ${tried}.${hidden}`;
}
