import { SIGNAL_SETS } from '#clinical';
import { describe, expect, it } from '@jest/globals';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RiskScorer } from './scoring/risk-scorer.js';
import { SHIPPED_RELEASE_ID, shippedReleaseDirectory } from './shipped-release.js';

const HOURS = 24;

describe('the shipped release', () => {
  it('is a trained one for the wide set of signals, never of the paper preset', async () => {
    const scorer = await RiskScorer.load(shippedReleaseDirectory(), { engine: 'onnx-cpu' });
    const { manifest } = scorer;
    await scorer.close();
    expect(manifest.releaseId).toBe(SHIPPED_RELEASE_ID);
    expect(manifest.signals).toEqual(SIGNAL_SETS['icu-36']);
    expect(manifest.stage).toBe('research');
    expect(manifest.training?.preset).toBe('honest');
    expect(manifest.notice).toContain('not a medical device');
  });

  it('stays small, with a model card', async () => {
    const names = await readdir(shippedReleaseDirectory());
    expect(names).toContain('MODEL_CARD.md');
    let bytes = 0;
    for (const name of names) bytes += (await stat(join(shippedReleaseDirectory(), name))).size;
    expect(bytes).toBeLessThan(12_000_000);
  });

  it('holds a comatose patient in shock for sicker than a patient with usual values', async () => {
    const scorer = await RiskScorer.load(shippedReleaseDirectory(), { engine: 'onnx-cpu' });
    const usual = { 'heart-rate': 75, 'systolic-pressure': 120, 'glasgow-coma-scale': 15, lactate: 1, creatinine: 0.8 };
    const shock = { 'heart-rate': 135, 'systolic-pressure': 70, 'glasgow-coma-scale': 3, lactate: 11, creatinine: 4 };
    const windowOf = (levels: Record<string, number>) => {
      const values = new Float32Array(scorer.manifest.signals.length * HOURS);
      scorer.manifest.signals.forEach((signal, row) => {
        values.fill(levels[signal] ?? 0, row * HOURS, (row + 1) * HOURS);
      });
      const mask = values.map((value) => Number(value > 0));
      return { values, mask, static: { ageYears: 70 }, hoursSinceAdmission: 24, noiseKey: 'shipped' };
    };
    const awake = { ...shock, 'glasgow-coma-scale': 15 };
    const [well, sick, sickButAwake] = await scorer.score([windowOf(usual), windowOf(shock), windowOf(awake)]);
    await scorer.close();
    expect(sick!.risk.low).toBeGreaterThan(2 * well!.risk.high);
    expect(sick!.contributions.slice(0, 3).map(({ signal }) => signal)).toContain('glasgow-coma-scale');
    // the sickest are told apart, too: no risk is as high as it gets
    expect(sickButAwake!.risk.median).toBeLessThan(0.97 * sick!.risk.median);
  });
});
