import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bedWith } from '../../../../test/support/live-frames.js';
import { BED_ORDERS, orderBeds } from './order-beds.js';

const risk = (median: number): { median: number; low: number; high: number } => ({ median, low: median, high: median });
const news2 = (total: number): { total: number; missing: string[] } => ({ total, missing: [] });

describe('orderBeds', () => {
  it('puts the highest risk first, then beds without a score, then stays that ended', () => {
    const beds = [
      bedWith({ stayId: 'low', risk: risk(0.02) }),
      bedWith({ stayId: 'over', risk: risk(0.9), technicalState: 'ended' }),
      bedWith({ stayId: 'none' }),
      bedWith({ stayId: 'high', risk: risk(0.5) }),
    ];
    expect(orderBeds(beds, 'risk', '')).toEqual(['high', 'low', 'none', 'over']);
  });

  it('sorts by NEWS2, equal ones by risk', () => {
    const beds = [
      bedWith({ stayId: 'a', news2: news2(5), risk: risk(0.1) }),
      bedWith({ stayId: 'b', news2: news2(5), risk: risk(0.2) }),
      bedWith({ stayId: 'c', news2: news2(9), risk: risk(0.01) }),
    ];
    expect(orderBeds(beds, 'news2', '')).toEqual(['c', 'b', 'a']);
  });

  it('counts bed numbers as numbers', () => {
    const beds = ['B-10', 'B-9', 'B-1'].map((bed) => bedWith({ stayId: bed, bed }));
    expect(orderBeds(beds, 'bed', '')).toEqual(['B-1', 'B-9', 'B-10']);
  });

  it('filters by every word, in names and in the state', () => {
    const beds = [
      bedWith({ stayId: 'a', ward: 'Medical ICU', technicalState: 'silent' }),
      bedWith({ stayId: 'b', ward: 'Medical ICU' }),
      bedWith({ stayId: 'c', ward: 'Surgical ICU', technicalState: 'silent' }),
    ];
    expect(orderBeds(beds, 'bed', 'SILENT med')).toEqual(['a']);
  });

  it('does not depend on the order of the beds it is given', () => {
    const bed = fc.record({
      stayId: fc.string({ minLength: 1, maxLength: 3 }),
      risk: fc.option(fc.double({ min: 0, max: 1, noNaN: true }).map(risk), { nil: undefined }),
    });
    const beds = fc.uniqueArray(bed, { selector: ({ stayId }) => stayId });
    fc.assert(
      fc.property(beds, fc.constantFrom(...BED_ORDERS), (made, order) => {
        const all = made.map(({ stayId, risk: level }) =>
          bedWith({ stayId, bed: 'same', ...(level ? { risk: level } : {}) }),
        );
        expect(orderBeds([...all].reverse(), order, '')).toEqual(orderBeds(all, order, ''));
      }),
    );
  });
});
