import { DAY_MS, HOUR_MS } from '#clinical';
import { ServiceLogger } from '#service';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import type { DriftKind } from '../drift/assess-drift.js';
import { DeskTrial, evidence } from './desk-trial.js';
import { ShelfRefusal, ShelfUnavailable } from './release-shelf.js';
import { ShadowWatch } from './shadow-watch.js';
import { scheduleProblem, TrainingTriggers, type TriggerOptions } from './training-triggers.js';

const logger = new ServiceLogger({ service: 'trainer', level: 'silent' });
const NONE: TriggerOptions = {
  ...{ timeZone: 'UTC', leastHoursBetween: 24 },
  drift: { trigger: false, leastDaysBetween: 14 },
};

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let trial: DeskTrial;
beforeEach(async () => {
  folder = await temporaryFolder();
  trial = await new DeskTrial(folder.path).open();
});
afterEach(async () => folder[Symbol.asyncDispose]());

function triggers(options: Partial<TriggerOptions>, flagged: () => readonly DriftKind[] = () => []): TrainingTriggers {
  const { desk, journal } = trial;
  const stays = { summary: () => trial.known, freeze: () => Promise.reject(new Error('not asked for')) };
  return new TrainingTriggers({ desk, journal, stays, flagged, logger }, { ...NONE, ...options }, trial.nowMs);
}

/** Moves the clock and looks. @returns whether a training started */
async function after(ms: number, watched: TrainingTriggers): Promise<boolean> {
  trial.nowMs += ms;
  const started = await watched.tick(trial.nowMs);
  await trial.desk.idle();
  return started;
}

describe('TrainingTriggers', () => {
  it('starts none by itself', async () => {
    expect(await after(400 * DAY_MS, triggers({}))).toBe(false);
  });

  it('starts when the schedule says so, once, in its time zone', async () => {
    // the clock stands at 06:30 UTC on a Sunday; three o'clock in Rome is two in UTC
    const watched = triggers({ schedule: '0 3 * * 1', timeZone: 'Europe/Rome' });
    expect(watched.dueAtMs).toBe(Date.UTC(2026, 2, 2, 2));
    expect(await after(19 * HOUR_MS, watched)).toBe(false);
    expect(await after(HOUR_MS, watched)).toBe(true);
    expect(await after(HOUR_MS, watched)).toBe(false);
    expect(watched.dueAtMs).toBe(Date.UTC(2026, 2, 9, 2));
    expect(trial.journal.all()[0]).toMatchObject({ trigger: 'schedule', state: 'finished' });
    // three times passed while nobody looked: one training
    expect([await after(22 * DAY_MS, watched), await after(HOUR_MS, watched)]).toEqual([true, false]);
  });

  it('starts when enough outcomes have come since the last training, and enough time has passed', async () => {
    const watched = triggers({ afterOutcomes: 1000 });
    expect(await after(0, watched)).toBe(true);
    expect(await after(25 * HOUR_MS, watched)).toBe(false);
    trial.known = { ...trial.known, survivors: 1849 };
    expect(await after(HOUR_MS, watched)).toBe(false);
    trial.known = { ...trial.known, survivors: 1850 };
    expect(await after(HOUR_MS, watched)).toBe(true);
    trial.known = { ...trial.known, survivors: 9999 };
    expect(await after(23 * HOUR_MS, watched)).toBe(false);
    expect(await after(HOUR_MS, watched)).toBe(true);
    expect(trial.journal.all().map(({ trigger }) => trigger)).toEqual(['outcomes', 'outcomes', 'outcomes']);
  });

  it('waits for as many outcomes again after it was declined, and tries again after it failed', async () => {
    const watched = triggers({ afterOutcomes: 1000 });
    trial.plan = { ...trial.plan, heldOut: { stays: 1, deaths: 0 } };
    expect([await after(0, watched), await after(DAY_MS, watched)]).toEqual([true, false]);
    trial.known = { ...trial.known, survivors: 1850 };
    trial.plan = { ...trial.plan, heldOut: { stays: 300, deaths: 60 } };
    trial.play = (task, work) => (task.name === 'train' ? Promise.resolve({ code: 1 }) : work());
    expect([await after(DAY_MS, watched), await after(DAY_MS, watched)]).toEqual([true, true]);
    expect(trial.journal.all().map(({ state }) => state)).toEqual(['declined', 'failed', 'failed']);
  });

  it('starts when drift is flagged, and leaves time between', async () => {
    let kinds: readonly DriftKind[] = [];
    const watched = triggers({ drift: { trigger: true, leastDaysBetween: 14 } }, () => kinds);
    expect(await after(DAY_MS, watched)).toBe(false);
    kinds = ['values', 'outcomes'];
    expect(await after(DAY_MS, watched)).toBe(true);
    expect(trial.journal.all()[0]!.why).toBe('drift of values, outcomes is flagged');
    expect(await after(13 * DAY_MS, watched)).toBe(false);
    expect(await after(DAY_MS, watched)).toBe(true);
    expect(
      await after(
        99 * DAY_MS,
        triggers({}, () => kinds),
      ),
    ).toBe(false);
  });

  it('leaves a training alone that runs', async () => {
    const watched = triggers({ afterOutcomes: 1, leastHoursBetween: 0 });
    let open!: () => void;
    const gate = new Promise<void>((resolve) => (open = resolve));
    trial.play = (_, work) => gate.then(work);
    expect(await watched.tick(trial.nowMs)).toBe(true);
    trial.known = { ...trial.known, deaths: 9999 };
    expect(await watched.tick((trial.nowMs += DAY_MS))).toBe(false);
    open();
    await trial.desk.idle();
    trial.known = { ...trial.known, deaths: 99_999 };
    expect(await watched.tick(trial.nowMs)).toBe(true);
    await trial.desk.idle();
  });

  it.each([
    ['0 3 * * 1', undefined],
    ['* * *', expect.any(String)],
    ['0 0 31 2 *', 'it never comes'],
  ])('knows whether "%s" is a schedule', (expression, problem) => {
    expect(scheduleProblem(expression, 'UTC')).toEqual(problem);
  });
});

describe('ShadowWatch', () => {
  async function shadowed(): Promise<string> {
    const { id } = await trial.desk.start({ trigger: 'request', by: 'b', why: 'w' });
    await trial.desk.idle();
    return id;
  }
  const watch = (): ShadowWatch => new ShadowWatch(trial.journal, trial.shelf, logger);

  it('promotes a shadow when its time is over, once', async () => {
    const id = await shadowed();
    await watch().tick(trial.nowMs + 24 * HOUR_MS - 1);
    expect(trial.shelf.calls).not.toContain(`promote local-${id}`);
    await watch().tick(trial.nowMs + 24 * HOUR_MS);
    await watch().tick(trial.nowMs + 25 * HOUR_MS);
    expect(trial.shelf.calls.filter((call) => call.startsWith('promote'))).toEqual([`promote local-${id}`]);
    expect(trial.journal.get(id)!.release).toEqual({ state: 'champion' });
  });

  it('promotes nothing beside whom it was not judged, and takes a refusal as an answer', async () => {
    const first = await shadowed();
    trial.shelf.served = { releaseId: 'champion-2', directory: '/2' };
    await watch().tick(trial.nowMs + 24 * HOUR_MS);
    expect(trial.journal.get(first)!.release).toEqual({
      state: 'left',
      note: 'it was judged beside champion-1, but champion-2 is served now',
    });
    trial.nowMs += 1_000;
    const second = await shadowed();
    trial.shelf.promote = () => Promise.reject(new ShelfRefusal('champion-2 is pinned'));
    await watch().tick(trial.nowMs + 24 * HOUR_MS);
    expect(trial.journal.get(second)!.release).toEqual({ state: 'left', note: 'champion-2 is pinned' });
  });

  it('loses nothing while the registry is away, and knows a promotion that was done before a crash', async () => {
    const id = await shadowed();
    trial.shelf.next = new ShelfUnavailable('away');
    await watch().tick(trial.nowMs + 24 * HOUR_MS);
    expect(trial.journal.get(id)!.release!.state).toBe('shadow');
    trial.shelf.served = { releaseId: `local-${id}`, directory: '/local' };
    await watch().tick(trial.nowMs + 24 * HOUR_MS);
    expect(trial.journal.get(id)!.release).toEqual({ state: 'champion' });
  });

  it('does not bring a training back that ended while the registry was asked', async () => {
    const id = await shadowed();
    const ended = trial.journal.get(id)!;
    // as it stands between its last step and its end
    await trial.journal.write({ ...ended, state: 'running' });
    trial.shelf.promote = () => trial.journal.write(ended);
    await watch().tick(trial.nowMs + 24 * HOUR_MS);
    expect(trial.journal.get(id)).toEqual({ ...ended, release: { state: 'champion' } });
  });

  it('leaves a candidate alone that did not pass', async () => {
    trial.comparison = evidence(-0.05);
    await shadowed();
    await watch().tick(trial.nowMs + 99 * DAY_MS);
    expect(trial.shelf.calls).toEqual(['offer release']);
  });
});
