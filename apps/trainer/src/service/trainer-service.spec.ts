import { HOUR_MS, type Observation } from '#clinical';
import { readManifest } from '#model';
import { ReleaseRegistry } from '#registry';
import { ServiceLogger } from '#service';
import { MemoryBroker, MemoryEventLog } from '#stream';
import { TOPICS } from '#wire';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ADMITTED_AT_MS, completedStay, outcomeRecord } from '../../../../test/support/training-set/completed-stays.js';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import { untrainedRelease } from '../../../../test/support/untrained-release.js';
import { RegistryShelf } from '../trainings/registry-shelf.js';
import { LoneRelease } from '../trainings/release-shelf.js';
import { runChild, type ChildTask } from '../trainings/run-child.js';
import { createTrainer, type RunningTrainer } from './create-trainer.js';

/** Two processes start, one of them twice; a busy machine takes its time. */
const PATIENT_MS = 180_000;
const STAYS = 48;
const TINY = '--pretrain-epochs 0 --epochs 1 --teacher-share 0 --batch-size 8 --random-ends 1 --engine cpu';

/** Three signals an hour over thirty hours; whoever dies has a faster heart. */
function observations(admittedAtMs: number, stay: number): Observation[] {
  return Array.from({ length: 30 }, (_, hour) => {
    const at = admittedAtMs + hour * HOUR_MS;
    const values = {
      'heart-rate': (stay % 3 === 0 ? 100 : 70) + ((stay + hour) % 9),
      spo2: 95,
      sodium: 130 + (hour % 9),
    };
    return Object.entries(values).map(([signal, value]): Observation => ({
      ...{ signal: signal as Observation['signal'], value, effectiveAtMs: at, availableAtMs: at },
      source: signal === 'sodium' ? 'laboratory' : 'monitor',
    }));
  }).flat();
}

describe('the trainer, whole', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let release: Awaited<ReturnType<typeof untrainedRelease>>;
  let trainer: RunningTrainer;
  const log = new MemoryEventLog(new MemoryBroker());
  const lines: string[] = [];
  const failures: Error[] = [];
  let kills = 0;
  let registry: ReleaseRegistry;
  let nowMs = Date.UTC(2026, 11, 1);

  /** Runs children for real; the first that trains is killed as soon as it has begun. */
  const killOnce = (task: ChildTask) =>
    runChild({
      ...task,
      onMessage: (message) => {
        task.onMessage(message);
        if (task.name !== 'train' || message.kind !== 'phase' || message.phase !== 'training' || kills > 0) return;
        kills += 1;
        void readFile(join(task.folder, 'child.json'), 'utf8').then((text) =>
          process.kill((JSON.parse(text) as { pid: number }).pid, 'SIGKILL'),
        );
      },
    });

  beforeAll(async () => {
    folder = await temporaryFolder();
    release = await untrainedRelease();
    const policy = JSON.parse(await readFile('apps/trainer/policies/gate-1.json', 'utf8'));
    const few = { leastStays: 10, leastDeaths: 3 };
    policy.heldOut = { ...policy.heldOut, ...few, scoreEveryHours: 12, upToHours: 24, resamples: 100 };
    // whatever random weights say: the way to champion is what is looked at
    const lenient = { ...policy, calibration: [], margins: [], gains: [] };
    lenient.passing = { shadowShare: 0.5, shadowHours: 2, promote: true };
    const gatePolicy = join(folder.path, 'gate.json');
    await writeFile(gatePolicy, JSON.stringify(lenient));
    registry = await ReleaseRegistry.open({ directory: join(folder.path, 'registry') });
    const person = { by: 'spec', why: 'to begin with' };
    await registry.add(release.path, person);
    await registry.promote('untrained-spec', { ...person, force: true });
    trainer = await createTrainer({
      ...{ log, gatePolicy, directory: join(folder.path, 'trainer'), trainWords: TINY.split(' '), partitions: 2 },
      logger: new ServiceLogger({
        service: 'trainer',
        destination: { write: (line: string) => void lines.push(line) },
      }),
      shelf: new RegistryShelf({ desk: registry, directory: join(folder.path, 'bundles') }),
      nowMs: () => nowMs,
      http: { host: '127.0.0.1', port: 0 },
      runChild: killOnce,
      onFailure: (error) => failures.push(error),
    });
    const records = Array.from({ length: STAYS }, (_, at) => {
      const admittedAtMs = ADMITTED_AT_MS + at * HOUR_MS;
      const outcome = at % 3 === 0 ? 'died' : 'survived';
      const site = at % 2 === 0 ? 'north' : 'south';
      const more = { admittedAtMs, outcome, site } as const;
      return outcomeRecord(completedStay(`person-${at}`, more, observations(admittedAtMs, at)));
    });
    await log.append(TOPICS.stayOutcomes, records);
  });
  afterAll(async () => {
    await trainer.stop();
    await registry.close();
    await log.close();
    await release[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  const ask = async (path: string, method = 'GET', body?: object): Promise<{ status: number; text: string }> => {
    const answer = await fetch(`${trainer.url}${path}`, {
      ...{ method, headers: { 'content-type': 'application/json' } },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, text: await answer.text() };
  };

  it('does not start with a schedule that is none', async () => {
    const options = { log, directory: join(folder.path, 'other'), onFailure: () => undefined };
    const shelf = new LoneRelease({ releaseId: 'untrained-spec', directory: release.path });
    const logger = new ServiceLogger({ service: 'trainer', level: 'silent' });
    for (const wrong of [{ schedule: 'every monday' }, { schedule: '0 3 * * 0', timeZone: 'Atlantis' }])
      await expect(createTrainer({ ...options, shelf, logger, ...wrong, partitions: 2 })).rejects.toThrow(
        'TRAINER_SCHEDULE',
      );
  });

  it('has its folder to itself', async () => {
    const options = { log, directory: join(folder.path, 'trainer'), onFailure: () => undefined, partitions: 2 };
    const shelf = new LoneRelease({ releaseId: 'untrained-spec', directory: release.path });
    const logger = new ServiceLogger({ service: 'trainer', level: 'silent' });
    await expect(createTrainer({ ...options, shelf, logger })).rejects.toThrow(`in use by process ${process.pid}`);
  });

  it('refuses what it does not understand', async () => {
    expect((await ask('/trainings', 'POST', { why: 'no name' })).status).toBe(400);
    expect((await ask('/trainings/20200101-000000')).status).toBe(404);
    expect((await ask('/trainings/..%2F..%2Fetc/report')).status).toBe(404);
    expect((await ask('/trainings/20200101-000000', 'DELETE')).status).toBe(404);
  });

  it(
    'trains on the stays that ended, over a kill, and shows its report',
    async () => {
      await trainer.flush();
      const asked = { by: 'spec', why: 'to see it' };
      const started = await ask('/trainings', 'POST', asked);
      expect(started.status).toBe(202);
      const { id } = JSON.parse(started.text) as { id: string };
      expect((await ask('/trainings', 'POST', asked)).status).toBe(409);
      expect((await ask(`/trainings/${id}/report`)).status).toBe(404);
      await trainer.desk.idle();
      const { status, text } = await ask(`/trainings/${id}`);
      expect(status).toBe(200);
      expect(JSON.parse(text)).toMatchObject({
        ...{ state: 'finished', restarts: 1, release: { state: 'shadow' } },
        // 48 stays, of which three tenths ended last
        plan: { stays: { training: { stays: 33, deaths: 11 }, heldOut: { stays: 15, deaths: 5 } } },
        progress: { percent: 100, phase: 'comparing' },
        decision: { decision: 'promote' },
      });
      expect(text).not.toContain(folder.path);
      const report = await ask(`/trainings/${id}/report`);
      expect(report.text).toContain('Champion and candidate, all held-out stays');
      expect(report.text).toContain('<td>north</td>');
      const manifest = await readManifest(registry.bundleDirectory(`local-${id}`));
      expect(manifest.reference!.windows).toBeGreaterThan(0);
      expect(manifest.training!.warmStart!.releaseId).toBe('untrained-spec');
      // the next training holds out none of these
      expect(manifest.training!.learnedBeforeMs).toBe(trainer.journal.get(id)!.plan!.stays.untilMs);
      expect(manifest.training!.command).toContain('--dataset local=PATH --until 2026-');
      expect(kills).toBe(1);
    },
    PATIENT_MS,
  );

  it('promotes the candidate when its time in the shadow is over, and watches it from then on', async () => {
    const { id } = trainer.journal.all()[0]!;
    expect(registry.release(`local-${id}`)).toMatchObject({ state: 'shadow', shadowShare: 0.5, by: 'trainer' });
    nowMs += 2 * HOUR_MS - 1;
    await trainer.look();
    expect(registry.champion()!.releaseId).toBe('untrained-spec');
    nowMs += 1;
    await trainer.look();
    expect(registry.champion()!.releaseId).toBe(`local-${id}`);
    const evidence = registry.decisions(`local-${id}`).find(({ action }) => action === 'added')!.evidence!;
    expect(await registry.readEvidence(evidence)).toMatchObject({ decision: 'promote', comparison: { seed: 7 } });
    await trainer.look();
    expect(JSON.parse((await ask('/drift')).text)).toMatchObject({ releaseId: `local-${id}`, reference: 'present' });
  });

  it('gives out figures and writes lines that name no stay', async () => {
    const metrics = (await ask('/metrics')).text;
    expect(metrics).toContain('vigil_trainer_outcomes{outcome="died",app="trainer"} 16');
    expect(metrics).toContain('vigil_trainer_trainings{state="finished",app="trainer"} 1');
    expect(lines.length).toBeGreaterThan(3);
    const given = [...lines, metrics, (await ask('/trainings')).text].join('\n');
    expect(given).not.toMatch(/person-|heart-rate","value/);
    expect(failures).toEqual([]);
  });
});
