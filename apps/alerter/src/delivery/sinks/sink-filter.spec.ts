import { describe, expect, it } from '@jest/globals';
import type { Alert } from '#wire';
import { madeAlert } from '../../../../../test/support/delivery/made-alert.js';
import { passesFilter, type SinkFilter } from './sink-filter.js';

const unfired: Alert = { ...madeAlert(), firedAtMs: undefined };
const pending: Alert = { ...unfired, state: 'pending', sequence: 1 };
const neverFired: Alert = { ...unfired, state: 'resolved', resolution: 'recovered', sequence: 2 };

describe('the filter of a sink', () => {
  it.each<[string, Alert, SinkFilter, boolean]>([
    ['lets a firing alert pass', madeAlert(), {}, true],
    ['tells nobody of a pending alert', pending, {}, false],
    ['nor of one that is over without having fired', neverFired, {}, false],
    ['unless it is asked to', pending, { pending: true }, true],
    ['goes by kind', madeAlert({ kind: 'technical' }), { kinds: ['patient'] }, false],
    ['by site', madeAlert(), { sites: ['south'] }, false],
    ['by ward', madeAlert(), { wards: ['icu', 'hdu'] }, true],
    ['by rule', madeAlert(), { rules: ['news2-high'] }, false],
    ['by severity', madeAlert({ severity: 'warning' }), { minSeverity: 'critical' }, false],
    ['by escalation', madeAlert({ escalationLevel: 1 }), { minEscalationLevel: 2 }, false],
    ['which counts from the level named', madeAlert({ escalationLevel: 2 }), { minEscalationLevel: 2 }, true],
    [
      'but never keeps the end of an alert back',
      madeAlert({ severity: 'warning', state: 'resolved', resolution: 'recovered' }),
      { minSeverity: 'critical', minEscalationLevel: 3 },
      true,
    ],
  ])('%s', (_words, alert, filter, passes) => {
    expect(passesFilter(alert, filter)).toBe(passes);
  });
});
