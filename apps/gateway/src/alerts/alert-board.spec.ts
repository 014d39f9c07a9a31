import { describe, expect, it } from '@jest/globals';
import { liveAlertsSchema, type Alert } from '#wire';
import fc from 'fast-check';
import { alertIdOf, madeAlert } from '../../../../test/support/delivery/made-alert.js';
import { AlertBoard } from './alert-board.js';
import { AlertWatch } from './alert-watch.js';

const NOW_MS = madeAlert().changedAtMs;
const over = { state: 'resolved', resolution: 'recovered' } as const;
const named = (name: string, fields: Partial<Alert> = {}): Alert => madeAlert({ alertId: alertIdOf(name), ...fields });
const namesOn = (board: AlertBoard, names: readonly string[]): string[] =>
  board.list().map(({ alertId }) => names.find((name) => alertIdOf(name) === alertId)!);

describe('the board of alerts', () => {
  it('shows the newest state of each, in whatever order they come', () => {
    const states = [1, 2, 3, 4, 5].map((sequence) => madeAlert({ sequence, summary: `state ${sequence}` }));
    const order = fc.shuffledSubarray([...states, ...states], { minLength: 1 });
    fc.assert(
      fc.property(order, (alerts) => {
        const board = new AlertBoard();
        for (const alert of alerts) board.take(alert);
        const newest = Math.max(...alerts.map(({ sequence }) => sequence));
        expect(board.list().map(({ summary }) => summary)).toEqual([`state ${newest}`]);
      }),
    );
  });

  it('lists what is urgent first, and nothing that only pends', () => {
    const board = new AlertBoard();
    const unfired = named('pending', { state: 'pending', sequence: 1, firedAtMs: undefined });
    expect(board.take(unfired)).toBe('pending');
    board.take(named('over', over));
    board.take(named('snoozed', { state: 'snoozed', snoozedUntilMs: NOW_MS + 1 }));
    board.take(named('mild', { severity: 'warning', changedAtMs: NOW_MS + 5 }));
    board.take(named('older'));
    board.take(named('newer', { changedAtMs: NOW_MS + 1 }));
    board.take(named('seen', { state: 'acknowledged' }));
    const names = ['pending', 'over', 'snoozed', 'mild', 'older', 'newer', 'seen'];
    expect(namesOn(board, names)).toEqual(['newer', 'older', 'mild', 'seen', 'snoozed', 'over']);
  });

  it('takes a resolved alert off after a while on the log clock, and never an open one', () => {
    const board = new AlertBoard({ keepResolvedMs: 1_000 });
    board.take(named('open'));
    board.take(named('over', over));
    board.sweep(NOW_MS + 999);
    expect(board.size).toBe(2);
    board.sweep(NOW_MS + 1_000);
    board.sweep(NOW_MS + 1_000_000_000);
    expect(namesOn(board, ['open', 'over'])).toEqual(['open']);
  });

  it('keeps within its bound: resolved ones give way first, and losing an open one is said', () => {
    const board = new AlertBoard({ maxAlerts: 2 });
    for (const name of ['a', 'b']) board.take(named(name));
    expect(board.take(named('over', over))).toBe('left-out');
    expect(board.truncated).toBe(false);
    expect(board.take(named('mild', { severity: 'warning' }))).toBe('left-out');
    expect([board.truncated, board.size]).toEqual([true, 2]);
    board.take(named('a', { ...over, sequence: 3 }));
    expect(board.take(named('c'))).toBe('shown');
    expect(namesOn(board, ['a', 'b', 'c']).sort()).toEqual(['b', 'c']);
  });
});

describe('what the board had to leave out', () => {
  it('is said for as long as it lasts, and no longer', () => {
    const board = new AlertBoard({ maxAlerts: 2 });
    for (const name of ['a', 'b']) board.take(named(name));
    for (const name of ['mild', 'other']) board.take(named(name, { severity: 'warning' }));
    expect(board.truncated).toBe(true);
    board.take(named('mild', { ...over, sequence: 3 }));
    expect(board.truncated).toBe(true);
    board.take(named('a', { ...over, sequence: 3 }));
    expect(board.take(named('other', { severity: 'warning', sequence: 3 }))).toBe('shown');
    expect(board.truncated).toBe(false);
  });
});

describe('what a client is told of alerts', () => {
  const read = (watch: AlertWatch) => liveAlertsSchema.parse(JSON.parse(watch.takeFrame(NOW_MS)));

  it('is everything first, then what changed and what went', () => {
    const board = new AlertBoard({ keepResolvedMs: 0 });
    const watch = new AlertWatch(board);
    board.onChange((alertId) => watch.note(alertId));
    board.take(named('a'));
    expect(watch.isWaiting).toBe(false);
    watch.start();
    expect(read(watch)).toMatchObject({ complete: true, state: 'unavailable', clockMs: NOW_MS, alerts: [named('a')] });
    expect(watch.isWaiting).toBe(false);
    board.take(named('a', { ...over, sequence: 3 }));
    board.take(named('b'));
    board.sweep(NOW_MS);
    expect(read(watch)).toMatchObject({ complete: false, alerts: [named('b')], removed: [alertIdOf('a')] });
    board.come('current');
    expect(read(watch)).toMatchObject({ complete: true, state: 'current', alerts: [named('b')] });
    watch.stop();
    board.take(named('c'));
    expect(watch.isWaiting).toBe(false);
  });

  it('is unavailable where there is no board', () => {
    const watch = new AlertWatch(undefined);
    watch.start();
    expect(read(watch)).toEqual({
      ...{ type: 'alerts', complete: true, state: 'unavailable', truncated: false, clockMs: NOW_MS },
      ...{ alerts: [], removed: [] },
    });
  });
});
