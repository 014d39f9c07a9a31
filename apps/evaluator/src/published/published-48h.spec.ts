import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { writeMadeUpChallenge } from '../../../../test/support/made-up-challenge.js';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import type { Methods } from '../methods.js';
import { run } from '../run.js';
import { everyMethod } from '../test-methods.js';
import { contextOf, optionsIn, readTable } from '../test-run.js';
import { hoursOfFold } from './csdi-cost.js';
import { foldOf, FOLDS } from './folds.js';
import { plainScales } from './plain-scales.js';

/** Two seconds on an idle machine, and much longer on a busy one. */
const PATIENT_MS = 180_000;

describe('the folds of the published protocol', () => {
  it('measure every window once, and never what is learned from', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 400 }), fc.integer({ min: 0, max: 99 }), (count, seed) => {
        const folds = Array.from({ length: FOLDS }, (_, fold) => foldOf(count, fold, seed));
        const all = [...Array(count).keys()];
        expect(folds.flatMap(({ measured }) => measured).sort((a, b) => a - b)).toEqual(all);
        for (const { training, validation, measured } of folds) {
          expect([...training, ...validation, ...measured].sort((a, b) => a - b)).toEqual(all);
          expect(training).toHaveLength(Math.floor(0.7 * count));
        }
      }),
      { numRuns: 50 },
    );
    expect(foldOf(50, 0, 1)).toEqual(foldOf(50, 0, 1));
    expect(foldOf(50, 0, 1)).not.toEqual(foldOf(50, 0, 2));
  });
});

describe('plain scales', () => {
  it('are mean and deviation of the windows that are named', () => {
    const label = { datasetId: 'd', stayId: 's', patientId: 'p', part: 'train', died: false, static: {} } as const;
    const store = {
      signals: ['HR', 'K'],
      hours: 2,
      labels: [0, 1].map(() => ({ ...label, hoursSinceAdmission: 2 })),
      values: Float32Array.of(60, Number.NaN, 4, 4, 100, 80, 900, 900),
    };
    const both = plainScales(store, [0, 1], 3);
    expect(both.limit).toBe(3);
    // 60, 100, 80: mean 80, variance 800 / 3
    expect(both.signals['HR']!.mean).toBe(80);
    expect(both.signals['HR']!.sd).toBeCloseTo(Math.sqrt(800 / 3), 10);
    // a constant series is divided by 1
    expect(plainScales(store, [0], Infinity).signals['K']).toEqual({ mean: 4, sd: 1 });
  });
});

describe('the cost of a fold of CSDI', () => {
  it('counts 200 passes over what is learned from, and 100 samples of 50 steps of what is measured', () => {
    // 200 x 18 x 1 s = 1 h, and 9 x 100 x 50 x 80 ms = 1 h
    expect(hoursOfFold({ trainingMsPerWindow: 1000, passMs: 80 }, 18, 9)).toBe(2);
  });
});

describe('the form published-48h', () => {
  let challenge: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeAll(async () => {
    challenge = await temporaryFolder();
    await writeMadeUpChallenge(challenge.path, 40);
  });
  afterAll(async () => {
    await challenge[Symbol.asyncDispose]();
  });
  const words = (...more: string[]): string[] => [
    ...['published-48h', '--dataset', `challenge-2012=${challenge.path}`, '--resamples', '20', '--epochs', '1'],
    ...more,
  ];
  /** Without networks, so that nothing is timed or trained. */
  function classical(): Methods {
    return { ...everyMethod(), networks: new Set() };
  }

  it('prints figures of each fold and their mean beside the published ones, and computes nothing twice', async () => {
    await using folder = await temporaryFolder();
    const options = await optionsIn(
      folder.path,
      ...words('--folds', '2', '--imputers', 'none', '--methods', 'saps-i,logistic-regression'),
    );
    await run(options, contextOf(classical()));
    const rows = await readTable(folder.path, 'published-48h-mortality');
    const of = (method: string) => rows.filter((row) => row['method'] === method);
    expect(of('logistic-regression').map(({ fold }) => fold)).toEqual(['1', '2', 'mean of folds']);
    expect(of('duett')).toMatchObject([{ fold: 'not run', auroc: '', published_auroc: '0.872' }]);
    const areas = of('logistic-regression').map(({ auroc }) => Number(auroc));
    expect(areas[2]).toBeCloseTo((areas[0]! + areas[1]!) / 2, 10);
    const printed: string[] = [];
    await run(options, contextOf(classical(), printed));
    expect(printed.filter((line) => /^(fit|impute|measure): /.test(line))).toEqual([]);
  });

  it(
    'fits our networks like any other method, and the manifest says how',
    async () => {
      await using folder = await temporaryFolder();
      // the published recipe: without a teacher, whose trees would take most of the time
      const tiny = ['--sizes', 'tiny', '--batch-size', '28', '--engine', 'wasm', '--preset', 'paper'];
      const options = await optionsIn(folder.path, ...words('--imputers', 'none', '--methods', 'mtdm-fitted', ...tiny));
      await run(options, contextOf(everyMethod(folder.path)));
      const [row] = await readTable(folder.path, 'published-48h-mortality');
      expect(row).toMatchObject({ fold: '1', method: 'mtdm-fitted', windows: '8' });
      const manifest = JSON.parse(await readFile(join(folder.path, 'out/manifest.json'), 'utf8')) as {
        hyperParameters: { methods: Record<string, { sizes: string }> };
      };
      expect(manifest.hyperParameters.methods['mtdm-fitted']).toMatchObject({ sizes: 'tiny' });
    },
    PATIENT_MS,
  );

  it('does not take records without an outcome for survivors', async () => {
    await using data = await temporaryFolder();
    await using folder = await temporaryFolder();
    await writeMadeUpChallenge(data.path, 12);
    await rm(join(data.path, 'Outcomes-a.txt'));
    const common = ['published-48h', '--dataset', `challenge-2012=${data.path}`, '--resamples', '20'];
    const mortality = await optionsIn(folder.path, ...common, '--imputers', 'none', '--methods', 'logistic-regression');
    await expect(run(mortality, contextOf(classical()))).rejects.toThrow('12 of 12 records have no outcome');
  });

  it('refuses another data set, more folds than there are, and unknown methods', async () => {
    await using folder = await temporaryFolder();
    const refused = async (...more: string[]): Promise<unknown> =>
      run(await optionsIn(folder.path, ...more), contextOf(classical()));
    await expect(refused(...words('--folds', '6'))).rejects.toThrow('the protocol has 5');
    await expect(refused(...words('--imputers', 'magic'))).rejects.toThrow('magic: not among the methods here');
    await expect(refused('published-48h', '--dataset', 'eicu-demo=/nowhere')).rejects.toThrow('alone');
  });
});
