import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { shippedReleaseDirectory } from '#model';
import { ServiceLogger } from '#service';
import { ModelScorer } from './model-scorer.js';
import { openWindowScorer } from './open-window-scorer.js';
import { UnavailableScorer } from './unavailable-scorer.js';
import type { WindowToScore } from '#model';

function windowOf(signals: number, seed: number): WindowToScore {
  const size = signals * 24;
  const mask = Float32Array.from({ length: size }, (_, index) => ((index * 7 + seed) % 3 === 0 ? 1 : 0));
  const values = mask.map((measured, index) => measured * (20 + ((index + seed) % 60)));
  return { values, mask, static: { ageYears: 60 + seed }, hoursSinceAdmission: 24, noiseKey: `stay-${seed}` };
}

describe('ModelScorer', () => {
  let scorer: ModelScorer;
  beforeAll(async () => {
    const failed = (error: Error) => {
      throw error;
    };
    scorer = await ModelScorer.open({
      ...{ bundleDirectory: shippedReleaseDirectory(), engine: 'onnx-cpu', threads: 2 },
      onUnavailable: failed,
    });
  });
  afterAll(() => scorer.close());

  it('says which release and engine it serves', () => {
    expect(scorer.release).toMatchObject({ engine: 'onnx-cpu', signals: expect.arrayContaining(['heart-rate']) });
    expect(scorer.lanes).toBe(2);
  });

  it('gives a window the same bytes in whatever batch and worker it is scored', async () => {
    const windows = [1, 2, 3].map((seed) => windowOf(scorer.release.signals.length, seed));
    const [together, ...alone] = await Promise.all([
      scorer.score(windows),
      ...windows.map((window) => scorer.score([window])),
    ]);
    expect(alone.map(([score]) => score)).toEqual(together);
    expect(new Set(together!.map(({ risk }) => risk.median)).size).toBe(3);
    const risksAlone = await scorer.score(windows, 'risk');
    expect(risksAlone.map(({ risk }) => risk)).toEqual(together!.map(({ risk }) => risk));
    expect(risksAlone[0]!.contributions).toEqual([]);
  });
});

describe('openWindowScorer', () => {
  it('refuses every window, and says why, when there is no release', async () => {
    const lines: string[] = [];
    const logger = new ServiceLogger({ service: 'spec', destination: { write: (line) => void lines.push(line) } });
    const scorer = await openWindowScorer({ bundleDirectory: '/nowhere/release', logger });
    expect(scorer).toBeInstanceOf(UnavailableScorer);
    await expect(scorer.score([])).rejects.toThrow('/nowhere/release cannot be served');
    expect(lines.join()).toContain('every window will be refused');
  });
});
