import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#clinical';
import {
  madeDecision,
  madeDrift,
  madeRelease,
  madeSignalDrift,
  madeTraining,
} from '../../../../test/support/model/made-model.js';
import {
  chanceWords,
  dayAgeMs,
  deathsWords,
  flaggedWords,
  foundWords,
  indexWords,
  missingWords,
  noDriftWords,
  orderSignals,
} from './drift-words.js';
import { decisionWords, orderReleases, releaseStateWords, shareWords } from './release-words.js';
import { candidateWords, expectedEndWords, progressWords, trainingStateWords, triggerWords } from './training-words.js';

/** A moment on the clock of who looks. */
const AT_MS = new Date(2026, 0, 15, 14, 5).getTime();

describe('words about releases', () => {
  it('say where a release stands', () => {
    expect(releaseStateWords(madeRelease())).toBe('champion');
    expect(releaseStateWords(madeRelease({ pinned: true }))).toBe('champion, pinned');
    const shadow = madeRelease({ state: 'shadow', shadowShare: 0.2 });
    expect(releaseStateWords(shadow)).toBe('shadow, scores 20 % of the windows');
    expect([0, 0.005, 0.05, 0.333, 1].map(shareWords)).toEqual(['0 %', '0.5 %', '5 %', '33 %', '100 %']);
  });

  it('put the champion first and the retired last, what changed last before what changed earlier', () => {
    const release = (releaseId: string, state: 'champion' | 'shadow' | 'candidate' | 'retired', changedAtMs = 1) =>
      madeRelease({ releaseId, state, changedAtMs });
    const given = [
      release('old', 'retired'),
      release('new', 'candidate'),
      release('tried', 'shadow', 2),
      release('trying', 'shadow', 3),
      release('served', 'champion'),
    ];
    expect(orderReleases(given).map(({ releaseId }) => releaseId)).toEqual(['served', 'trying', 'tried', 'new', 'old']);
  });

  it.each([
    ['vigil-1 was added as a candidate', { action: 'added' }],
    ['vigil-1 was put in shadow for 20 % of the windows', { action: 'shadowed', share: 0.2 }],
    ['vigil-1 was promoted by the gate in place of vigil-0', { automatic: true, forced: false, replaced: 'vigil-0' }],
    ['vigil-1 was promoted by hand', { automatic: false, forced: false }],
    ['vigil-1 was promoted by force', { automatic: false, forced: true }],
    ['vigil-1 is champion again in place of vigil-2: rolled back', { action: 'rolled-back', replaced: 'vigil-2' }],
    ['vigil-1 was retired', { action: 'retired' }],
    ['vigil-1 was pinned: no gate promotes over it', { action: 'pinned' }],
    ['the bundle of vigil-1 was removed: it cannot come back', { action: 'discarded' }],
    ['vigil-1 is no longer pinned', { action: 'unpinned' }],
  ] as const)('say of a decision: %s', (words, fields) => expect(decisionWords(madeDecision(fields))).toBe(words));
});

describe('words about trainings', () => {
  const running = (percent: number, more: object = {}) =>
    madeTraining({ progress: { phase: 'training', percent, ...more } });

  it('say how far one is', () => {
    expect(progressWords(madeTraining())).toBe('step prepare');
    expect(progressWords(running(41.9, { epoch: 3, epochs: 6 }))).toBe('41 %, training, epoch 3 of 6');
    expect(progressWords(running(99, { phase: 'comparing', epoch: 6, epochs: 6 }))).toBe(
      '99 %, comparing with the champion',
    );
    expect(progressWords(running(7, { phase: 'dreaming' }))).toBe('7 %, dreaming');
  });

  it('say when it is expected to end, and when it is late', () => {
    const left = (ms: number) => expectedEndWords(running(50, { expectedEndMs: AT_MS }), AT_MS - ms);
    expect(expectedEndWords(madeTraining(), AT_MS)).toBe('expected end not known yet');
    expect(left(125 * MINUTE_MS)).toBe('expected end 15 Jan 14:05, in 2 h 05');
    expect(left(10_000)).toBe('expected end 15 Jan 14:05, in 1 min');
    expect(left(-1)).toBe('longer than expected');
  });

  it('say what started it, how it ended and what the gate decided', () => {
    expect(triggerWords(madeTraining())).toBe('by schedule, trainer: “its time”');
    expect(trainingStateWords(madeTraining({ state: 'declined' }))).toBe('declined, too few outcomes');
    const decision = { policy: 'gate-1', decision: 'hold' as const, reasons: [] };
    expect(trainingStateWords(madeTraining({ state: 'finished', decision }))).toBe(
      'finished; by gate-1: hold, the stays do not tell, or a person should look',
    );
  });

  it('say where its candidate stands', () => {
    expect(candidateWords(madeTraining({ candidateId: 'vigil-2' }))).toBeUndefined();
    const shadow = { state: 'shadow', promoteAtMs: AT_MS, note: 'a day of trial' } as const;
    expect(candidateWords(madeTraining({ candidateId: 'vigil-2', release: shadow }))).toBe(
      'vigil-2 is in shadow, due to be promoted 15 Jan 14:05: a day of trial',
    );
  });
});

describe('words about drift', () => {
  it('say when there is nothing to compare with, and never that nothing drifts then', () => {
    expect(noDriftWords(madeDrift())).toBeUndefined();
    expect(noDriftWords(madeDrift({ reference: 'absent' }))).toMatch(/^No reference: vigil-1 carries no/);
    expect(noDriftWords(madeDrift({ reference: 'unknown' }))).toMatch(/does not know yet/);
    expect(noDriftWords(madeDrift({ assessment: undefined }))).toMatch(/^No score/);
  });

  it('say what is flagged, and what was only found', () => {
    expect(flaggedWords(madeDrift())).toBe('Nothing is flagged by drift-1');
    expect(flaggedWords(madeDrift({ flagged: ['values', 'outcomes'] }))).toBe(
      'Flagged by drift-1: measured values, deaths against risks',
    );
    const found = { ...madeDrift().assessment!, found: ['risk' as const] };
    expect(flaggedWords(madeDrift({ assessment: found }))).toBe(
      'Not flagged by drift-1 yet; found on the newest days: risks',
    );
  });

  it('set deaths beside what was expected', () => {
    const words = (outcomes: ReturnType<typeof outcomesOf>) => deathsWords({ ...madeDrift().assessment!, outcomes });
    const outcomesOf = (outcomes: number, deaths: number, expected: number, more = {}) => {
      return { outcomes, deaths, expected, ...more };
    };
    expect(words(outcomesOf(0, 0, 0))).toBe('no outcome is known yet');
    expect(words(outcomesOf(80, 9, 7.5, { ratio: 1.2, deviations: 0.58 }))).toBe(
      '9 observed, 7.5 expected in 80 stays, ratio 1.20, 0.6 standard deviations more',
    );
    expect(words(outcomesOf(40, 1, 4, { ratio: 0.25, deviations: -1.6 }))).toBe(
      '1 observed, 4.0 expected in 40 stays, ratio 0.25, 1.6 standard deviations fewer',
    );
  });

  it('write figures that are not defined as a dash', () => {
    expect([undefined, 0.126].map(indexWords)).toEqual(['–', '0.13']);
    expect([undefined, 0.0004, 0.0412, 1].map(chanceWords)).toEqual(['–', '<0.001', '0.041', '1']);
    expect(missingWords(madeSignalDrift({ shareMissing: 0.4 }))).toBe('40 % (10 %)');
    expect(foundWords(madeSignalDrift())).toBe('–');
    expect(foundWords(madeSignalDrift({ found: ['missingness'] }))).toBe('measured more or less often');
  });

  it('put signals beyond the limits first, then those that lie furthest', () => {
    const given = [
      madeSignalDrift({ signal: 'a', stabilityIndex: undefined }),
      madeSignalDrift({ signal: 'b', stabilityIndex: 0.1 }),
      madeSignalDrift({ signal: 'c', stabilityIndex: 0.3 }),
      madeSignalDrift({ signal: 'd', stabilityIndex: 0.05, found: ['missingness'] }),
    ];
    expect(orderSignals(given).map(({ signal }) => signal)).toEqual(['d', 'c', 'b', 'a']);
  });

  it('count the age of a day from its end, at the log’s clock', () => {
    expect(dayAgeMs(0, undefined)).toBeUndefined();
    expect(dayAgeMs(0, 5 * HOUR_MS)).toBe(0);
    expect(dayAgeMs(0, DAY_MS + 2 * HOUR_MS)).toBe(2 * HOUR_MS);
  });
});
