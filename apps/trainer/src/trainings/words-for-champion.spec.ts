import { SIGNAL_SETS } from '#clinical';
import { readManifest, shippedReleaseDirectory } from '#model';
import { describe, expect, it } from '@jest/globals';
import { wordsForChampion } from './words-for-champion.js';

const SHIPPED = await readManifest(shippedReleaseDirectory());

describe('wordsForChampion', () => {
  it('names the signals and sizes of the shipped release', () => {
    const { members, dropout } = SHIPPED.hyper.risk;
    expect(wordsForChampion(SHIPPED)).toEqual([
      ...['--signals', 'icu-36', '--sizes', 'serving'],
      ...['--members', String(members), '--dropout', String(dropout)],
    ]);
    const narrow = { ...SHIPPED, signals: [...SIGNAL_SETS['paper-11']] };
    expect(wordsForChampion(narrow).slice(0, 2)).toEqual(['--signals', 'paper-11']);
    const { risk } = SHIPPED.hyper;
    const several = { ...SHIPPED, hyper: { ...SHIPPED.hyper, risk: { ...risk, members: 5, dropout: 0.4 } } };
    expect(wordsForChampion(several).slice(4)).toEqual(['--members', '5', '--dropout', '0.4']);
  });

  it('says what to do where the command has no name for them', () => {
    const { imputer } = SHIPPED.hyper;
    const wider = { ...SHIPPED, hyper: { ...SHIPPED.hyper, imputer: { ...imputer, channels: 256 } } };
    expect(() => wordsForChampion(wider)).toThrow('sizes of its own: ask for a training from scratch');
    expect(() => wordsForChampion({ ...SHIPPED, signals: SHIPPED.signals.slice(1) })).toThrow('signals of its own');
  });
});
