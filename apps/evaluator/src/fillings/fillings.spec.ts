import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeMadeUpChallenge } from '../../../../test/support/made-up-challenge.js';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import { untrainedRelease } from '../../../../test/support/untrained-release.js';
import { testMethods } from '../test-methods.js';
import { contextOf, optionsIn, readTable, tableOf } from '../test-run.js';
import { run } from '../run.js';

describe('fillings', () => {
  it('gives the served risks beside those of other fillings, on the same windows', async () => {
    await using folder = await temporaryFolder();
    await using release = await untrainedRelease();
    await writeMadeUpChallenge(folder.path, 30);
    const common = ['--dataset', `challenge-2012=${folder.path}`, '--bundle', release.path, '--hours', '24'];
    const rows = await tableOf(folder.path, testMethods(), 'fillings-challenge-2012', 'fillings', ...common);
    expect(rows.map((row) => row['gaps_filled_with'])).toEqual([
      'training mean',
      'LOCF',
      'linear',
      "imputer's center",
      'one sample',
      'median risk of all samples (served)',
    ]);
    const served = rows[5]!;
    expect(served).toMatchObject({ windows: '30', deaths: '10', auroc_minus_served: '' });
    for (const row of rows.slice(0, 5)) {
      expect(Number(row['auroc_minus_served'])).toBe(Number(row['auroc']) - Number(served['auroc']));
      expect(Number(row['mean_distance_to_served_risk'])).toBeGreaterThan(0);
    }

    const widths = await readTable(folder.path, 'risk-widths-challenge-2012');
    expect(widths.map(({ third, windows }) => [third, windows])).toEqual([
      ['fullest', '10'],
      ['middle', '10'],
      ['emptiest', '10'],
    ]);
    // Heart rate every hour and sodium every sixth: 28 of 11 x 24 entries, or 27 where the last sodium is not available yet.
    expect(Number(widths[0]!['missing_percent_from'])).toBeCloseTo(100 * (1 - 28 / 264), 9);
    expect(Number(widths[2]!['missing_percent_to'])).toBeCloseTo(100 * (1 - 27 / 264), 9);
    for (const { mean_width, mean_width_low, mean_width_high } of widths) {
      expect(Number(mean_width)).toBeGreaterThan(0);
      expect(Number(mean_width_low)).toBeLessThanOrEqual(Number(mean_width));
      expect(Number(mean_width_high)).toBeGreaterThanOrEqual(Number(mean_width));
    }

    const hidden = await readTable(folder.path, 'risk-widths-hidden-challenge-2012');
    expect(hidden.map((row) => row['hidden_percent_of_points'])).toEqual(['0', '30', '50', '70', '90']);
    const meanOfThirds = widths.reduce((sum, row) => sum + Number(row['mean_width']), 0) / 3;
    expect(Number(hidden[0]!['mean_width'])).toBeCloseTo(meanOfThirds, 6);
    const inLogOdds = hidden.map((row) => Number(row['mean_width_log_odds']));
    const differences = hidden.map((row) => Number(row['log_odds_minus_nothing_hidden']));
    for (const share of [1, 2, 3, 4]) expect(differences[share]).toBeCloseTo(inLogOdds[share]! - inLogOdds[0]!, 9);

    // The last row is what the form `mortality` measures.
    const [scored] = await tableOf(folder.path, testMethods(), 'mortality-challenge-2012', 'mortality', ...common);
    const { auroc, auroc_low, auroc_high, auprc, brier } = served;
    expect(scored).toMatchObject({ method: 'untrained-spec', auroc, auroc_low, auroc_high, auprc, brier });

    const printed: string[] = [];
    await run(await optionsIn(folder.path, 'fillings', ...common), contextOf(testMethods(), printed));
    expect(printed.filter((line) => /^(refill|compare): /.test(line))).toEqual([]);
    const table = await readFile(join(folder.path, 'out/fillings-challenge-2012.md'), 'utf8');
    expect(table).toContain('other fillings are strangers to it');
  });
});
