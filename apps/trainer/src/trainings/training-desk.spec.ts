import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import { DeskTrial, evidence } from './desk-trial.js';
import { ShelfRefusal, ShelfUnavailable } from './release-shelf.js';
import type { ChildEnd } from './run-child.js';
import type { Training } from './training.js';

const ASKED = { trigger: 'request', by: 'ward lead', why: 'a new monitor' } as const;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(async () => folder[Symbol.asyncDispose]());

/** Runs a training to its end. */
async function trained(trial: DeskTrial, request = {}): Promise<Training> {
  const { id } = await trial.desk.start({ ...ASKED, ...request });
  await trial.desk.idle();
  return trial.journal.get(id)!;
}

/** A process that ends when it is stopped, and a promise of its start. */
function hanging(trial: DeskTrial, name: string): Promise<void> {
  return new Promise((started) => {
    trial.play = (task, work) => {
      if (task.name !== name) return work();
      started();
      return new Promise<ChildEnd>((end) => task.signal.addEventListener('abort', () => end('stopped')));
    };
  });
}

describe('TrainingDesk', () => {
  it('plans, trains, compares, decides and hands the candidate to the shadow', async () => {
    const trial = await new DeskTrial(folder.path).open();
    const training = await trained(trial);
    expect(training).toMatchObject({
      ...{
        id: '20260301-063000',
        state: 'finished',
        step: 'release',
        restarts: 0,
        start: 'champion',
        knownOutcomes: 1000,
      },
      plan: { releaseId: 'local-20260301-063000', championId: 'champion-1' },
      decision: { policy: 'gate-1', decision: 'promote' },
      release: { state: 'shadow', promoteAtMs: trial.nowMs + 24 * 3_600_000 },
    });
    expect(trial.names()).toEqual(['plan', 'train', 'compare']);
    expect(trial.wordAfter('plan', '--champion')).toBe('/releases/champion-1');
    expect(trial.wordAfter('train', '--until')).toBe('1970-01-01T00:00:01.000Z');
    expect(trial.wordAfter('train', '--warm-start')).toBe('/releases/champion-1');
    expect(trial.tasks[1]!.words).toEqual(expect.arrayContaining(['--resume', '--epochs', '2']));
    expect(trial.shelf.calls).toEqual(['offer release', 'shadow local-20260301-063000 1']);
    expect(trial.shelf.notes[0]).toMatchObject({ by: 'trainer', evidence: { decision: 'promote', policy: 'gate-1' } });
  });

  it('leaves the report and the evidence behind, and no stay', async () => {
    const trial = await new DeskTrial(folder.path).open();
    const { id } = await trained(trial);
    const of = (name: string): string => join(trial.journal.folderOf(id), name);
    expect(['stays', 'work', 'release'].filter((name) => existsSync(of(name)))).toEqual([]);
    expect(await readFile(of('report.html'), 'utf8')).toContain('The candidate may take the champion’s place.');
    expect(JSON.parse(await readFile(of('decision.json'), 'utf8'))).toMatchObject({ comparison: trial.comparison });
  });

  it('keeps a candidate that does not pass out of the shadow', async () => {
    const trial = await new DeskTrial(folder.path).open();
    trial.comparison = evidence(-0.05);
    expect(await trained(trial)).toMatchObject({ decision: { decision: 'refuse' }, release: { state: 'candidate' } });
    expect(trial.shelf.calls).toEqual(['offer release']);
  });

  it('starts from scratch where that is asked for', async () => {
    const trial = await new DeskTrial(folder.path).open();
    await trained(trial, { start: 'scratch' });
    expect(trial.tasks[1]!.words).not.toContain('--warm-start');
  });

  it('declines where the gate could not tell, unless it is asked for all the same', async () => {
    const trial = await new DeskTrial(folder.path).open();
    trial.plan = { ...trial.plan, heldOut: { stays: 100, deaths: 9 } };
    expect(await trained(trial)).toMatchObject({
      state: 'declined',
      problem: '100 held-out stays with 9 deaths: the gate needs 200 and 30 to tell',
    });
    expect(trial.names()).toEqual(['plan']);
    trial.nowMs += 1_000;
    expect((await trained(trial, { evenIfFew: true })).state).toBe('finished');
    trial.plan = { ...trial.plan, heldOut: { stays: 300, deaths: 60 }, training: { stays: 40, deaths: 0 } };
    trial.nowMs += 1_000;
    expect((await trained(trial)).problem).toContain('both outcomes are needed');
  });

  it('runs one at a time', async () => {
    const trial = await new DeskTrial(folder.path).open();
    const started = hanging(trial, 'train');
    const first = await trial.desk.start(ASKED);
    await expect(trial.desk.start(ASKED)).rejects.toMatchObject({ code: 'busy' });
    await started;
    await expect(trial.desk.start(ASKED)).rejects.toThrow(first.id);
    await trial.desk.cancel(first.id);
    const second = await trial.desk.start(ASKED);
    expect(second.id).toBe(`${first.id}-2`);
    await trial.desk.stop();
  });

  it('shows how far it is, and stops when it is cancelled', async () => {
    const trial = await new DeskTrial(folder.path).open();
    const started = hanging(trial, 'train');
    const { id } = await trial.desk.start(ASKED);
    await started;
    const losses = { loss: 1, imputation: 2, mortality: 0, contrastive: 0 };
    trial.nowMs += 60_000;
    trial.tasks[1]!.onMessage({ kind: 'step', epoch: 1, epochs: 4, batch: 0, batches: 2, losses });
    const { progress } = trial.journal.get(id)!;
    expect(progress).toMatchObject({ phase: 'training', epoch: 2, epochs: 4, losses });
    // 69 % from 6 % on, three of eight batches; so far in a minute
    expect(progress!.percent).toBeCloseTo(6 + (69 * 3) / 8, 9);
    expect(progress!.expectedEndMs).toBe(
      Math.round(trial.nowMs + (60_000 / progress!.percent) * (100 - progress!.percent)),
    );
    expect(await trial.desk.cancel(id)).toMatchObject({ state: 'cancelled', step: 'train' });
    expect(existsSync(join(trial.journal.folderOf(id), 'stays'))).toBe(false);
    await expect(trial.desk.cancel(id)).rejects.toMatchObject({ code: 'ended' });
    await expect(trial.desk.cancel('20200101-000000')).rejects.toMatchObject({ code: 'unknown' });
  });

  it('takes a killed process up again, and gives up after five times', async () => {
    const trial = await new DeskTrial(folder.path).open();
    let kills = 2;
    trial.play = (task, work) => (task.name === 'train' && kills-- > 0 ? Promise.resolve('killed') : work());
    expect(await trained(trial)).toMatchObject({ state: 'finished', restarts: 2 });
    kills = 1;
    trial.nowMs += 1_000;
    trial.play = (task, work) => (task.name === 'compare' && kills-- > 0 ? Promise.resolve({ code: 130 }) : work());
    expect(await trained(trial)).toMatchObject({ state: 'finished', restarts: 1 });
    trial.play = (task, work) => (task.name === 'train' && kills-- > 0 ? Promise.resolve('killed') : work());
    kills = 99;
    trial.nowMs += 1_000;
    expect(await trained(trial)).toMatchObject({ state: 'failed', restarts: 5 });
  });

  it('fails when a process does, and names its log', async () => {
    const trial = await new DeskTrial(folder.path).open();
    trial.play = (task, work) => (task.name === 'compare' ? Promise.resolve({ code: 1 }) : work());
    expect(await trained(trial)).toMatchObject({
      state: 'failed',
      step: 'compare',
      problem: expect.stringContaining('compare.log'),
    });
    expect(trial.shelf.calls).toEqual([]);
  });

  it('goes on after its service was stopped, without repeating what is done', async () => {
    const before = await new DeskTrial(folder.path).open();
    const started = hanging(before, 'compare');
    const { id } = await before.desk.start(ASKED);
    await started;
    await before.desk.stop();
    expect(before.journal.get(id)).toMatchObject({ state: 'running', step: 'compare' });
    const after = await new DeskTrial(folder.path).open();
    await after.desk.resume();
    await after.desk.idle();
    expect(after.names()).toEqual(['compare']);
    expect(after.journal.get(id)).toMatchObject({ state: 'finished', restarts: 1, decision: { decision: 'promote' } });
  });

  it('plans anew when it died while the stays were frozen', async () => {
    const before = await new DeskTrial(folder.path).open();
    const started = hanging(before, 'plan');
    const { id } = await before.desk.start(ASKED);
    await started;
    await before.desk.stop();
    await rm(join(before.journal.folderOf(id), 'stays'), { recursive: true });
    const after = await new DeskTrial(folder.path).open();
    await after.desk.resume();
    await after.desk.idle();
    expect(after.names()).toEqual(['plan', 'train', 'compare']);
  });

  it('waits for a registry that is away, and takes its refusal as an answer', async () => {
    const trial = await new DeskTrial(folder.path).open();
    trial.play = async (task, work) => {
      if (task.name === 'compare') trial.shelf.next = new ShelfUnavailable('away');
      return work();
    };
    expect((await trained(trial)).release!.state).toBe('shadow');
    trial.play = async (task, work) => {
      if (task.name === 'compare') trial.shelf.next = new ShelfRefusal('the id is taken');
      return work();
    };
    trial.nowMs += 1_000;
    expect((await trained(trial)).release).toEqual({ state: 'left', note: 'the id is taken' });
    expect(trial.failures).toEqual([]);
  });

  it('is cancelled, not failed, when it is stopped while it waits for the registry', async () => {
    const trial = await new DeskTrial(folder.path).open();
    trial.shelf.next = new ShelfUnavailable('away');
    const waits = new Promise<void>((started) => {
      trial.waitForShelf = (signal) => {
        started();
        return delay(1e9, undefined, { signal });
      };
    });
    const { id } = await trial.desk.start(ASKED);
    await waits;
    expect(await trial.desk.cancel(id)).toMatchObject({ state: 'cancelled', problem: 'cancelled on request' });
  });

  it('clears the stays away that a crash left behind after the end was written down', async () => {
    const before = await new DeskTrial(folder.path).open();
    const { id } = await trained(before);
    const stays = join(before.journal.folderOf(id), 'stays');
    await mkdir(stays);
    const after = await new DeskTrial(folder.path).open();
    await after.desk.resume();
    expect(existsSync(stays)).toBe(false);
  });

  it('keeps the newest trainings, and those whose shadow waits', async () => {
    const trial = await new DeskTrial(folder.path).open(2);
    const waiting = await trained(trial);
    trial.comparison = evidence(-0.05);
    const ids: string[] = [];
    for (let at = 0; at < 4; at++) {
      trial.nowMs += 1_000;
      ids.push((await trained(trial)).id);
    }
    expect(trial.journal.all().map(({ id }) => id)).toEqual([waiting.id, ids[3]]);
    expect(existsSync(trial.journal.folderOf(ids[0]!))).toBe(false);
  });
});
