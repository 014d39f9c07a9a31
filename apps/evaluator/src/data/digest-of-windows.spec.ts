import type { WindowStore } from '#training';
import { describe, expect, it } from '@jest/globals';
import { digestOfWindows } from './digest-of-windows.js';

function storeOf(stays: readonly string[], first = 0): WindowStore {
  return {
    signals: ['heart-rate'],
    hours: 2,
    labels: stays.map((stayId) => ({
      ...{ datasetId: 'd', stayId, patientId: stayId, part: 'test' as const, static: {} },
      ...{ hoursSinceAdmission: 24, died: false },
    })),
    values: Float32Array.from(stays.flatMap((stayId) => [stayId.length + first, Number.NaN])),
  };
}

describe('digestOfWindows', () => {
  it('depends on the windows alone, not on their place or on what lies beside them', () => {
    const alone = digestOfWindows(storeOf(['bb']), [0]);
    expect(digestOfWindows(storeOf(['a', 'bb', 'ccc']), [1])).toBe(alone);
    expect(digestOfWindows(storeOf(['bb', 'a']), [0, 1])).not.toBe(digestOfWindows(storeOf(['bb', 'a']), [1, 0]));
  });

  it('differs for another value, stay or hour', () => {
    const { labels, ...rest } = storeOf(['bb']);
    const digests = [
      digestOfWindows(storeOf(['bb']), [0]),
      digestOfWindows(storeOf(['bb'], 1), [0]),
      digestOfWindows(storeOf(['aa']), [0]),
      digestOfWindows({ ...rest, labels: [{ ...labels[0]!, hoursSinceAdmission: 48 }] }, [0]),
    ];
    expect(new Set(digests).size).toBe(4);
  });
});
