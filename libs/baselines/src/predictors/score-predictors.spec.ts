import { describe, expect, it } from '@jest/globals';
import { gridOf } from '../../../../test/support/grid-of-windows.js';
import { CLASSICAL_PREDICTOR_IDS, createPredictor } from '../methods/classical-methods.js';
import { chooseBest } from './choose-best.js';

const EMPTY = new Array<null>(13).fill(null);

describe('News2Predictor', () => {
  it('adds up the latest values, and leaves out what is more than twelve hours back', async () => {
    const late = [...EMPTY.slice(1), 135];
    const early = [135, ...EMPTY.slice(1)];
    const earlier = [135, ...EMPTY];
    const twoValues = [...EMPTY.slice(2), 135, 95];
    const predict = (hours: readonly (number | null)[], spo2: readonly (number | null)[]) =>
      createPredictor('news2').predict(gridOf(['heart-rate', 'spo2'], [{ hours: [hours, spo2] }]));
    expect([...(await predict(late, EMPTY))]).toEqual([3]);
    expect([...(await predict(late, [90, ...EMPTY.slice(1)]))]).toEqual([6]);
    expect([...(await predict(early, EMPTY))]).toEqual([3]);
    expect([...(await predict(earlier, [...EMPTY, null]))]).toEqual([0]);
    expect([...(await predict(twoValues, EMPTY))]).toEqual([1]);
  });

  it('reads stored units, whatever the normalised values are', async () => {
    const grid = gridOf(['heart-rate'], [{ hours: [[135]] }, { hours: [[70]] }]);
    const scores = await createPredictor('news2').predict({ ...grid, values: new Float32Array(2) });
    expect([...scores]).toEqual([3, 0]);
  });
});

describe('SeverityScorePredictor', () => {
  it('gives the score of the data set, NaN where a stay has none', async () => {
    const grid = gridOf(
      ['heart-rate'],
      [{ hours: [[70]], severityScores: { 'saps-i': 14, sofa: 3 } }, { hours: [[70]] }],
    );
    expect([...(await createPredictor('saps-i').predict(grid))]).toEqual([14, NaN]);
    expect([...(await createPredictor('sofa').predict(grid))]).toEqual([3, NaN]);
    await expect(createPredictor('apache-iva').predict(grid)).rejects.toThrow(
      /none of 2 windows has the score apache-iva/,
    );
  });
});

describe('the list of predictors', () => {
  it('names each by its own id', () => {
    expect(CLASSICAL_PREDICTOR_IDS.map((id) => createPredictor(id).id)).toEqual(CLASSICAL_PREDICTOR_IDS);
  });
});

describe('chooseBest', () => {
  // timid and bold put the windows in the same order
  const risks = { poor: [0.5, 0.9, 0], timid: [0.5, 0.6, 0.9], bold: [0.1, 0.2, 0.8], again: [0.1, 0.2, 0.8] } as const;
  type Name = keyof typeof risks;
  const best = (names: readonly Name[], by: 'area-under-roc' | 'log-loss') =>
    chooseBest(names, [0, 0, 1], by, (name) => risks[name]);

  it('takes the probabilities nearest to the outcomes, or the best order, and the first of equals', () => {
    expect(best(['poor', 'timid', 'bold', 'again'], 'log-loss')).toBe('bold');
    expect(best(['poor', 'timid', 'bold', 'again'], 'area-under-roc')).toBe('timid');
    expect(best(['again', 'bold'], 'log-loss')).toBe('again');
  });

  it('takes the first where only one outcome is there', () => {
    expect(chooseBest(['timid', 'bold'] as const, [0, 0, 0], 'area-under-roc', (name) => risks[name])).toBe('timid');
  });
});
