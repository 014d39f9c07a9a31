import { HOUR_MS } from '#clinical';
import { readDataset, shiftStay, type RecordedStay } from '#datasets';
import { RiskScorer } from '#model';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { untrainedRelease } from '../../../../test/support/untrained-release.js';
import { scoreHeldOut, type HeldOutOptions } from './score-held-out.js';

const OPTIONS: HeldOutOptions = {
  ...{ scoreEveryHours: 6, upToHours: 20, judgedAtHours: [8, 24] },
  signal: new AbortController().signal,
};

/** Stays as they come, with an outcome that is set by hand. */
async function* madeUp(outcomes: readonly (RecordedStay['outcome'] | undefined)[]): AsyncGenerator<RecordedStay> {
  let at = 0;
  for await (const recorded of readDataset({ id: 'synthetic', stays: outcomes.length, seed: 3 })) {
    const outcome = outcomes[at++];
    const { outcome: made, ...rest } = shiftStay(recorded, 1_700_000_000_000);
    expect(made === undefined || typeof made === 'string').toBe(true);
    yield outcome === undefined ? rest : { ...rest, outcome };
  }
}

describe('scoreHeldOut', () => {
  let release: Awaited<ReturnType<typeof untrainedRelease>>;
  let scorer: RiskScorer;
  beforeAll(async () => {
    release = await untrainedRelease();
    scorer = await RiskScorer.load(release.path, { engine: 'onnx-cpu' });
  });
  afterAll(async () => {
    await scorer.close();
    await release[Symbol.asyncDispose]();
  });

  it('scores every six hours from the floor and at the judged hours, stays without an outcome left out', async () => {
    const told: number[] = [];
    const stays = await scoreHeldOut(
      madeUp(['died', undefined, 'survived']),
      { champion: scorer, candidate: scorer },
      { ...OPTIONS, onStay: (done) => told.push(done) },
    );
    expect(stays.map(({ number, died }) => [number, died])).toEqual([
      [0, true],
      [1, false],
    ]);
    expect(told).toEqual([1, 2]);
    for (const { hours, champion, candidate, errors, endHours } of stays) {
      expect(hours.every((hour) => hour <= Math.min(20, endHours))).toBe(true);
      expect([4, 8, 10, 16]).toEqual(expect.arrayContaining([...hours]));
      expect(hours.length).toBeGreaterThan(0);
      // the same release, windows and noise: the same numbers
      expect(candidate).toEqual(champion);
      expect(errors!.points.entries).toBeGreaterThan(0);
      expect(errors!.points.candidate).toBe(errors!.points.champion);
      expect(errors!.hours.champion).toBeGreaterThan(0);
    }
  });

  it('stops between two stays when asked to', async () => {
    const abort = new AbortController();
    const options = { ...OPTIONS, signal: abort.signal, onStay: () => abort.abort() };
    const scoring = scoreHeldOut(madeUp(['died', 'died']), { champion: scorer, candidate: scorer }, options);
    await expect(scoring).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('leaves a stay out that ended before the floor', async () => {
    const short = (async function* () {
      for await (const stay of madeUp(['died'])) yield { ...stay, endedAtMs: stay.stay.admittedAtMs + 3 * HOUR_MS };
    })();
    expect(await scoreHeldOut(short, { champion: scorer, candidate: scorer }, OPTIONS)).toEqual([]);
  });
});
