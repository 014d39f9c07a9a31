import { describe, expect, it } from '@jest/globals';
import type { Alert, LiveAlerts } from '#wire';
import { alertIdOf, madeAlert } from '../../../../test/support/delivery/made-alert.js';
import { applyAlerts, NO_ALERTS_YET, type AlertsState } from './alerts-state.js';
import { newlyFiring } from './new-alert.js';
import { orderAlerts } from './order-alerts.js';

const named = (name: string, fields: Partial<Alert> = {}): Alert =>
  madeAlert({ alertId: alertIdOf(name), bed: name, ...fields });
const frameOf = (alerts: Alert[], fields: Partial<LiveAlerts> = {}): LiveAlerts => ({
  ...{ type: 'alerts', complete: false, state: 'current', truncated: false, alerts, removed: [] },
  ...fields,
});
const after = (...frames: LiveAlerts[]): AlertsState => frames.reduce(applyAlerts, NO_ALERTS_YET);
const beds = (alerts: Iterable<Alert>): string[] => [...alerts].map(({ bed }) => bed);

describe('alerts on the page', () => {
  it('are replaced by a complete frame and merged by another', () => {
    const state = after(
      frameOf([named('a'), named('b')], { complete: true, state: 'catching-up' }),
      frameOf([named('c')], { removed: [alertIdOf('a')] }),
    );
    expect([beds(state.alerts.values()), state.state]).toEqual([['b', 'c'], 'current']);
    const replaced = applyAlerts(state, frameOf([named('d')], { complete: true, truncated: true }));
    expect([beds(replaced.alerts.values()), replaced.truncated]).toEqual([['d'], true]);
  });

  it('never go back to an earlier state', () => {
    const state = after(frameOf([named('a', { sequence: 4, state: 'acknowledged' })]), frameOf([named('a')]));
    expect(state.alerts.get(alertIdOf('a'))!.state).toBe('acknowledged');
  });

  it('are in order of urgency: firing, critical, waiting longest; patients and technical apart', () => {
    const listed = [
      named('over', { state: 'resolved' }),
      named('seen', { state: 'acknowledged' }),
      named('quiet', { state: 'snoozed' }),
      named('mild', { severity: 'warning', firedAtMs: 0 }),
      named('new', { firedAtMs: 9 }),
      named('old', { firedAtMs: 1 }),
      named('feed', { kind: 'technical' }),
    ];
    expect(beds(orderAlerts(listed, 'patient'))).toEqual(['old', 'new', 'mild', 'seen', 'quiet', 'over']);
    expect(beds(orderAlerts(listed, 'technical'))).toEqual(['feed']);
  });
});

describe('what is said aloud', () => {
  const before = after(frameOf([named('a'), named('b', { state: 'acknowledged', severity: 'warning' })]));
  const said = (...alerts: Alert[]): string | undefined =>
    newlyFiring(before, applyAlerts(before, frameOf(alerts)))?.bed;

  it('is an alert that begins to fire, fires again or escalates', () => {
    expect(said(named('c'))).toBe('c');
    expect(said(named('b', { severity: 'warning', sequence: 3 }))).toBe('b');
    expect(said(named('a', { sequence: 3, escalationLevel: 1 }))).toBe('a');
    expect(said(named('a', { sequence: 3, firedAtMs: madeAlert().firedAtMs! + 1 }))).toBe('a');
  });

  it('is the critical one of several, and nothing when nothing begins', () => {
    expect(said(named('x', { severity: 'warning' }), named('y'))).toBe('y');
    expect(said(named('a', { sequence: 3 }), named('c', { state: 'acknowledged' }))).toBeUndefined();
  });
});
