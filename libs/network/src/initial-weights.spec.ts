import { describe, expect, it } from '@jest/globals';
import {
  initialWeights,
  NETWORK_PRESETS,
  parameterCount,
  planRiskWeights,
  planWeights,
  runningAverageNames,
  type HyperParameters,
} from './index.js';
import { checkHyperParameters } from './hyper-parameters.js';

const HYPER: HyperParameters = { signals: 5, hours: 24, staticSize: 3, statistics: 9, ...NETWORK_PRESETS.tiny };

/** A small congruential generator: the same numbers in every run. */
function seeded(): () => number {
  let state = 7;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
}

describe('untrained weights', () => {
  it('are the same for the same randomness and hold what was planned', () => {
    const [a, b] = [initialWeights(HYPER, seeded()), initialWeights(HYPER, seeded())];
    expect(a).toEqual(b);
    expect(Object.keys(a)).toEqual(planWeights(HYPER).map(({ name }) => name));
    for (const { shape, values } of Object.values(a)) {
      expect(values).toHaveLength(shape.reduce((product, length) => product * length, 1));
    }
  });

  it('start a linear layer within Glorot’s limits, and use their width', () => {
    const { values } = initialWeights(HYPER, seeded())['risk.lstm1.input'] ?? { values: new Float32Array() };
    const limit = Math.sqrt(6 / (3 * 5 + 4 * 8));
    expect(Math.max(...values)).toBeLessThanOrEqual(limit);
    expect(Math.max(...values)).toBeGreaterThan(0.9 * limit);
    expect(Math.min(...values)).toBeLessThan(-0.9 * limit);
  });

  it('end the denoiser with zeros, so that an untrained imputer predicts no velocity', () => {
    const weights = initialWeights(HYPER, seeded());
    expect([...(weights['denoiser.out.weight']?.values ?? [1])].every((value) => value === 0)).toBe(true);
    expect([...(weights[runningAverageNames(0).variance]?.values ?? [])].every((value) => value === 1)).toBe(true);
  });

  it('are counted without the running averages', () => {
    const all = Object.values(initialWeights(HYPER, seeded())).reduce((sum, { values }) => sum + values.length, 0);
    expect(parameterCount(HYPER)).toBe(all - 2 * HYPER.risk.lstmUnits);
  });

  it('are one set for each risk network, the first as if it were alone, each started by itself', () => {
    const three = { ...HYPER, risk: { ...HYPER.risk, members: 3 } };
    const [alone, all] = [initialWeights(HYPER, seeded()), initialWeights(three, seeded())];
    const own = (prefix: string): string[] => Object.keys(all).filter((name) => name.startsWith(prefix));
    expect(Object.keys(all)).toEqual([...Object.keys(alone), ...own('risk.1.'), ...own('risk.2.')]);
    for (const [name, array] of Object.entries(alone)) expect(all[name]).toEqual(array);
    expect(all['risk.1.head.weight']!.shape).toEqual(all['risk.head.weight']!.shape);
    expect(all['risk.1.head.weight']!.values).not.toEqual(all['risk.head.weight']!.values);
    expect(planRiskWeights(three, 1).map(({ name }) => name)).toEqual(own('risk.1.'));
    expect(planWeights(three).filter(({ trained }) => !trained)).toHaveLength(6);
  });

  it('have as many layers as asked for', () => {
    const imputer = { ...HYPER.imputer, signalLayers: 0, hourLayers: 3 };
    const names = planWeights({ ...HYPER, imputer, denoiser: { ...HYPER.denoiser, layers: 4 } }).map(
      ({ name }) => name,
    );
    expect(names.filter((name) => name.startsWith('imputer.signals'))).toEqual([]);
    for (const layer of ['imputer.hours2', 'denoiser.layer3']) expect(names).toContain(`${layer}.qkv.weight`);
    expect(names).not.toContain('denoiser.layer4.qkv.weight');
  });
});

describe('hyper-parameters', () => {
  it.each<[Partial<HyperParameters>, string]>([
    [{ signals: 0 }, 'signals is 0'],
    [{ statistics: 1.5 }, 'statistics is 1.5; expected a whole number of at least 1'],
    [{ imputer: { ...HYPER.imputer, channels: 9 } }, 'imputer.channels is 9; expected a multiple of heads (2)'],
    [{ imputer: { ...HYPER.imputer, signalLayers: -1 } }, 'imputer.signalLayers is -1'],
    [{ denoiser: { ...HYPER.denoiser, stepEmbedding: 7 } }, 'denoiser.stepEmbedding is 7; expected an even number'],
    [{ risk: { ...HYPER.risk, dropout: 1 } }, 'risk.dropout is 1'],
    [{ risk: { ...HYPER.risk, members: 0 } }, 'risk.members is 0'],
  ])('refuse %j', (change, message) => {
    expect(() => checkHyperParameters({ ...HYPER, ...change })).toThrow(message);
  });

  it('of the presets are accepted', () => {
    for (const preset of Object.values(NETWORK_PRESETS)) {
      checkHyperParameters({ signals: 36, hours: 24, staticSize: 10, statistics: 9, ...preset });
    }
  });
});
