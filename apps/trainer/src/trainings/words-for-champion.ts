import { SIGNAL_SETS } from '#clinical';
import type { ReleaseManifest } from '#model';
import { NETWORK_PRESETS } from '#network';
import { TrainingHalt } from './training-context.js';

/**
 * The words of the command line `train` that make networks like the champion's, so that a training can start from its weights.
 *
 * @throws TrainingHalt when the champion has signals or sizes that the command cannot name
 */
export function wordsForChampion({ releaseId, signals, hyper }: ReleaseManifest): readonly string[] {
  const set = Object.entries(SIGNAL_SETS).find(([, members]) => members.join() === signals.join())?.[0];
  const { members, dropout, ...sizesOfRisk } = hyper.risk;
  const sizes = Object.entries(NETWORK_PRESETS).find(
    ([, { imputer, denoiser, risk }]) =>
      isEqual(imputer, hyper.imputer) &&
      isEqual(denoiser, hyper.denoiser) &&
      isEqual({ ...risk, members, dropout }, { ...sizesOfRisk, members, dropout }),
  )?.[0];
  if (set === undefined || sizes === undefined)
    throw new TrainingHalt(
      'failed',
      `the champion ${releaseId} has ${set === undefined ? 'signals' : 'sizes'} of its own: ask for a training from scratch`,
    );
  return ['--signals', set, '--sizes', sizes, '--members', String(members), '--dropout', String(dropout)];
}

function isEqual(one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
