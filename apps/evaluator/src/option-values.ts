import { DATASET_IDS, type FolderDataset } from '#datasets';
import type { DatasetPath } from '#training';
import { InvalidArgumentError } from 'commander';
import { HIDING_NAMES, type HidingName } from './imputation/hidings.js';
import { parseSampler, type SamplerChoice } from './sampler/sampler-choice.js';

/** Data sets that lie in a folder. */
export const FOLDER_DATASETS = DATASET_IDS.filter((id): id is FolderDataset['id'] => id !== 'synthetic');

/** One more `id=path`; tables are named by data set, so each may stand once. */
export function addDataset(text: string, before: readonly DatasetPath[]): readonly DatasetPath[] {
  const split = text.indexOf('=');
  const id = FOLDER_DATASETS.find((name) => name === text.slice(0, split));
  if (split < 0 || id === undefined || split === text.length - 1)
    throw new InvalidArgumentError(`expected one of ${FOLDER_DATASETS.join(', ')}, then =, then its folder`);
  if (before.some((one) => one.id === id))
    throw new InvalidArgumentError(`${id} is named twice; expected each data set once, its parts by --part`);
  return [...before, { id, path: text.slice(split + 1) }];
}

/** Names with commas between them. */
export function words(text: string): string[] {
  const found = text.split(',').map((word) => word.trim());
  if (found.includes('')) throw new InvalidArgumentError('expected names with commas between them');
  return found;
}

/** Ways of hiding, each once. */
export function hidings(text: string): HidingName[] {
  return [...new Set(words(text))].map((word) => {
    const name = HIDING_NAMES.find((known) => known === word);
    if (name === undefined) throw new InvalidArgumentError(`expected some of ${HIDING_NAMES.join(', ')}`);
    return name;
  });
}

/** Samplers with commas between them, each once. */
export function samplers(text: string): SamplerChoice[] {
  return [...new Set(words(text))].map(sampler);
}

/** Steps x samples. */
export function sampler(text: string): SamplerChoice {
  const found = parseSampler(text);
  if (found === undefined) throw new InvalidArgumentError('expected steps x samples from 1 to 1000 each, such as 4x19');
  return found;
}

/** Learning rates, each once. */
export function rates(text: string): number[] {
  const found = words(text).map((word) => {
    const rate = Number(word);
    if (!(rate > 0 && rate <= 1))
      throw new InvalidArgumentError('expected rates above 0 and at most 1, such as 1e-3,3e-3');
    return rate;
  });
  return [...new Set(found)];
}

/** A share of a window that may be hidden in training. */
export function share(text: string): number {
  const found = Number(text);
  if (!(found >= 0.1 && found <= 1)) throw new InvalidArgumentError('expected a share from 0.1 to 1');
  return found;
}

/** Whole numbers with commas between them, each once. */
export function numbers(least: number, most = Infinity): (text: string) => number[] {
  return (text) => [...new Set(words(text).map(whole(least, most)))];
}

/** A whole number from `least` to `most`. */
export function whole(least: number, most = Infinity): (text: string) => number {
  const expected = most === Infinity ? `from ${least}` : `from ${least} to ${most}`;
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isInteger(value) || value < least || value > most)
      throw new InvalidArgumentError(`expected a whole number ${expected}`);
    return value;
  };
}
