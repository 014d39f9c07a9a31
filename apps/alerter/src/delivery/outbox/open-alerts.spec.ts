import { describe, expect, it } from '@jest/globals';
import { alertIdOf, madeAlert } from '../../../../../test/support/delivery/made-alert.js';
import { OpenAlerts } from './open-alerts.js';

const sequencesIn = (open: OpenAlerts): number[] => open.list().map(({ sequence }) => sequence);

describe('the alerts that are repeated', () => {
  it('are those that are open, each in its newest state', () => {
    const open = new OpenAlerts();
    open.take(madeAlert({ sequence: 3 }), 0, true);
    open.take(madeAlert({ sequence: 2 }), 0, true);
    open.take(madeAlert({ sequence: 9, alertId: alertIdOf('b') }), 1, true);
    expect(sequencesIn(open)).toEqual([3, 9]);
    open.take(madeAlert({ sequence: 4, state: 'resolved', resolution: 'recovered' }), 0, true);
    expect(sequencesIn(open)).toEqual([9]);
    open.forget(new Set([1]));
    expect(sequencesIn(open)).toEqual([]);
  });

  it('no longer hold one that the sink is not concerned with any more, such as of a stay that has moved', () => {
    const open = new OpenAlerts();
    open.take(madeAlert({ sequence: 2 }), 0, true);
    open.take(madeAlert({ sequence: 3, ward: 'step-down' }), 0, false);
    expect(sequencesIn(open)).toEqual([]);
    open.take(madeAlert({ sequence: 4, alertId: alertIdOf('b') }), 0, false);
    expect(sequencesIn(open)).toEqual([]);
  });
});
