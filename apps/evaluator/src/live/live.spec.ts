import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeMadeUpChallenge } from '../../../../test/support/made-up-challenge.js';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import { untrainedRelease } from '../../../../test/support/untrained-release.js';
import { testMethods } from '../test-methods.js';
import { tableOf } from '../test-run.js';
import { alarmsCatching, rollingOf } from './rolling-alarms.js';

describe('live', () => {
  it('scores rolling windows of stays that were not learned from, by hours since admission, and counts alarms', async () => {
    await using folder = await temporaryFolder();
    await writeMadeUpChallenge(folder.path, 60);
    const words = ['live', '--dataset', `challenge-2012=${folder.path}`, '--hours', '4,16,25,48'];
    const rows = await tableOf(folder.path, testMethods(), 'live-challenge-2012', ...words);
    const trees = rows.filter(({ method }) => method === 'tree-ensemble');
    expect(trees.map((row) => row['hours_since_admission'])).toEqual([
      'under 6 h',
      '12 to under 24 h',
      '24 to under 48 h',
      '48 to under 72 h',
      'all',
    ]);
    const windows = trees.map((row) => Number(row['windows']));
    expect(windows[4]).toBe(4 * windows[0]!);
    expect(trees.map(({ auroc }) => Number(auroc)).slice(0, 4)).toEqual([1, 1, 1, 1]);
    const alarms = await tableOf(folder.path, testMethods(), 'live-alarms-challenge-2012', ...words);
    expect(alarms.map(({ method }) => method)).toEqual(['news2', 'news2', 'tree-ensemble', 'tree-ensemble']);
    const note = async (): Promise<string> => readFile(join(folder.path, 'out/live-challenge-2012.md'), 'utf8');
    expect(await note()).not.toContain('flatter');
    await tableOf(folder.path, testMethods(), 'live-challenge-2012', ...words, '--split', 'validation');
    expect(await note()).toContain(
      'stopped by validation stays, which are those that they are measured on: they flatter: tree-ensemble.',
    );
    // The trees of this spec tell every death from every survivor, so no survivor is alarmed.
    expect(alarms[3]).toMatchObject({ deaths_to_catch_percent: '90', ppv_of_an_alarm: '1', survivors_alarmed: '0' });
  });

  it('fits nothing beside a bundle', async () => {
    await using folder = await temporaryFolder();
    await using release = await untrainedRelease();
    await writeMadeUpChallenge(folder.path, 12);
    const words = ['--dataset', `challenge-2012=${folder.path}`, '--bundle', release.path, '--hours', '8'];
    const rows = await tableOf(folder.path, testMethods(), 'live-challenge-2012', 'live', ...words);
    expect(rows.map(({ method, windows }) => [method, windows])).toEqual([
      ['untrained-spec', '12'],
      ['untrained-spec', '12'],
      ['news2', '12'],
      ['news2', '12'],
    ]);
  });
});

describe('rollingOf', () => {
  it('ends a stay at death where its day is known, never before its last score', () => {
    const label = (stayId: string, hour: number, died: boolean, endHours: number) => ({
      ...{ datasetId: 'd', stayId, patientId: stayId, part: 'test' as const, static: {} },
      ...{ hoursSinceAdmission: hour, died, endHours },
    });
    const labels = [
      label('a', 4, true, 120),
      label('a', 7, true, 120),
      label('b', 4, false, 2),
      label('b', 7, false, 2),
    ];
    const store = { signals: [], hours: 24, labels, values: new Float32Array() };
    const scored = { method: 'm', indices: [0, 1, 2, 3], risks: [0.2, 0.9, 0.3, 0.1], isProbability: true };
    const scores = rollingOf(store, scored, 3);
    expect(scores.endHours).toEqual([120, 120, 7, 7]);
    const found = alarmsCatching(scores, 0.8, { seed: 1, resamples: 10 })!;
    // The one death reaches .9 at hour 7; the survivor stays below. Two stays watched for 4 to 7 h and three hours after.
    expect(found).toMatchObject({ threshold: 0.9, burden: { alarms: 1, deathsCaught: 1, survivorsAlarmed: 0 } });
    expect(found.burden.leadHours.median).toBe(113);
    expect(found.burden.alarmsPerPatientDay).toBeCloseTo(1 / (12 / 24), 12);
  });
});
