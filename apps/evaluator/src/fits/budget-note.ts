import { chosenText } from './chosen-text.js';
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

/** What fits chose on validation windows, each once, as a sentence; empty where nothing was chosen. */
export function chosenNote(
  found: readonly (readonly [method: string, chosen: Readonly<Record<string, number>> | undefined])[],
): string {
  const texts = new Set(
    found.flatMap(([method, chosen = {}]) =>
      Object.keys(chosen).length === 0 ? [] : [`${method} ${chosenText(chosen)}`],
    ),
  );
  return texts.size === 0 ? '' : ` Chosen: ${[...texts].join('; ')}.`;
}
