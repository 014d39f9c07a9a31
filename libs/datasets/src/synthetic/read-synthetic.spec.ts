import { HOUR_MS, isPlausible } from '#clinical';
import { describe, expect, it } from '@jest/globals';
import { collectAll } from '../../../../test/support/collect-all.js';
import { readDataset, type SyntheticDataset } from '../read-dataset.js';
import type { RecordedStay } from '../recorded-stay.js';

function stays(options: Omit<SyntheticDataset, 'id'> = {}): Promise<RecordedStay[]> {
  return collectAll(readDataset({ id: 'synthetic', ...options }));
}

function meanOf({ observations }: RecordedStay, signal: string, fromHour: number, untilHour: number): number {
  const values = observations
    .filter(
      (one) =>
        one.signal === signal && one.effectiveAtMs >= fromHour * HOUR_MS && one.effectiveAtMs < untilHour * HOUR_MS,
    )
    .map(({ value }) => value);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('synthetic stays', () => {
  it('say that they are synthetic, wherever they are shown', async () => {
    for (const { stay, datasetId, patientId } of await stays()) {
      expect([stay.site, datasetId]).toEqual(['synthetic', 'synthetic']);
      expect(stay.stayId).toMatch(/^synthetic-/);
      expect(patientId).toMatch(/^synthetic\//);
    }
  });

  it('are the same for the same seed, others for another, and the first do not depend on how many follow', async () => {
    const six = await stays();
    expect(await stays()).toEqual(six);
    expect((await stays({ stays: 2 }))[1]).toEqual(six[1]);
    expect((await stays({ seed: 2 }))[0]?.observations).not.toEqual(six[0]?.observations);
    expect(new Set((await stays({ stays: 20 })).map(({ stay }) => stay.stayId)).size).toBe(20);
  });

  it('hold possible values only, and ends of both kinds', async () => {
    const six = await stays();
    for (const { observations } of six) {
      for (const { signal, value, effectiveAtMs } of observations) {
        expect([signal, isPlausible(signal, value)]).toEqual([signal, true]);
        expect(Number.isInteger(effectiveAtMs)).toBe(true);
      }
    }
    expect(new Set(six.map(({ outcome }) => outcome))).toEqual(new Set(['died', 'survived']));
  });

  it('show what their names say', async () => {
    const byName = new Map((await stays()).map((recorded) => [recorded.stay.bed, recorded]));
    const septic = byName.get('septic-deterioration')!;
    expect(meanOf(septic, 'heart-rate', 34, 40)).toBeGreaterThan(meanOf(septic, 'heart-rate', 0, 6) + 20);
    expect(meanOf(septic, 'lactate', 30, 40)).toBeGreaterThan(3);
    const recovering = byName.get('septic-recovery')!;
    expect(meanOf(recovering, 'heart-rate', 34, 40)).toBeLessThan(meanOf(recovering, 'heart-rate', 5, 9) - 15);
    const bleeding = byName.get('bleeding')!;
    expect(meanOf(bleeding, 'haemoglobin', 10, 20)).toBeLessThan(meanOf(bleeding, 'haemoglobin', 0, 8) - 1);
    const silent = byName.get('silent-feed')!.observations.filter(({ source }) => source === 'monitor');
    const gap = silent.filter(({ effectiveAtMs }) => effectiveAtMs >= 14 * HOUR_MS && effectiveAtMs < 19 * HOUR_MS);
    expect([gap.length, silent.length > 400]).toEqual([0, true]);
  });

  it('have a heart rate that is higher in the afternoon than at night', async () => {
    const many = (await stays({ stays: 60 })).filter(({ stay }) => stay.bed === 'silent-feed');
    const mean = (from: number, until: number) =>
      many.reduce((sum, recorded) => sum + meanOf(recorded, 'heart-rate', from, until), 0) / many.length;
    expect(mean(19, 22)).toBeGreaterThan(mean(4, 7) + 2);
  });
});
