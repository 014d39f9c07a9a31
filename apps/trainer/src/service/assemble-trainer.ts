import { readManifest } from '#model';
import { createMetrics, SettingsError } from '#service';
import { TrainingSet } from '#training-set';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Registry } from 'prom-client';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { driftPolicySchema, type DriftPolicy } from '../drift/drift-policy.js';
import { DriftWatch } from '../drift/drift-watch.js';
import { gatePolicySchema } from '../gate/gate-policy.js';
import { readPolicy } from '../policy-file.js';
import { runChild } from '../trainings/run-child.js';
import { ShadowWatch } from '../trainings/shadow-watch.js';
import { TrainingDesk } from '../trainings/training-desk.js';
import { TrainingJournal } from '../trainings/training-journal.js';
import { scheduleProblem, TrainingTriggers } from '../trainings/training-triggers.js';
import { wordsForChampion } from '../trainings/words-for-champion.js';
import { WithdrawalDesk } from '../withdrawals/withdrawal-desk.js';
import { registerTrainerMetrics } from './trainer-metrics.js';
import type { TrainerOptions } from './trainer-options.js';

const ASK_REGISTRY_AGAIN_MS = 15_000;

/** The parts of a trainer, not yet at work. */
export interface AssembledTrainer {
  readonly journal: TrainingJournal;
  /** Closed by whoever assembled it. */
  readonly stays: TrainingSet;
  readonly metrics: Registry;
  readonly drift: DriftWatch;
  readonly desk: TrainingDesk;
  readonly triggers: TrainingTriggers;
  readonly shadows: ShadowWatch;
  readonly withdrawals: WithdrawalDesk;
}

/**
 * Reads policies and journal, opens the training set and puts the parts together.
 *
 * @throws SettingsError for a schedule that is none, PolicyError, JournalError or TrainingSetError that says what to put right
 */
export async function assembleTrainer(
  options: TrainerOptions,
  onFailure: (error: Error) => void,
): Promise<AssembledTrainer> {
  const { logger, shelf, directory, nowMs = Date.now } = options;
  checkSchedule(options);
  const gatePath = options.gatePolicy ?? 'apps/trainer/policies/gate-1.json';
  const gate = { path: gatePath, policy: await readPolicy(gatePath, gatePolicySchema) };
  const driftPolicy = await readPolicy(options.driftPolicy ?? 'apps/trainer/policies/drift-1.json', driftPolicySchema);
  await mkdir(directory, { recursive: true });
  const journal = await TrainingJournal.open(join(directory, 'trainings'), options.keep);
  const stays = await TrainingSet.open({ folder: join(directory, 'stays') });
  const metrics = createMetrics({ service: 'trainer', processMetrics: options.processMetrics ?? false });
  const onOutcome = registerTrainerMetrics(metrics, () => ({ journal, stays, drift }));
  const path = join(directory, 'drift.json');
  const drift = new DriftWatch({ shelf, policy: driftPolicy, logger, onOutcome, path });
  const desk = new TrainingDesk({
    ...{ journal, logger, shelf, stays, gate, nowMs, onFailure },
    ...{ dataset: 'local', trainWords: options.trainWords ?? [], runChild: options.runChild ?? runChild },
    wordsLike: async (champion) => wordsForChampion(await readManifest(champion)),
    programs: { train: program('main.js'), judge: program('judge-main.js') },
    waitForShelf: (signal) => delay(ASK_REGISTRY_AGAIN_MS, undefined, { signal }),
  });
  const triggers = new TrainingTriggers(
    { desk, journal, stays, flagged: () => drift.flagged(), logger },
    triggerOptions(options, driftPolicy),
    nowMs(),
  );
  const withdrawals = new WithdrawalDesk({ log: options.log, stays, journal, logger, nowMs });
  const shadows = new ShadowWatch(journal, shelf, logger);
  return { journal, stays, metrics, drift, desk, triggers, shadows, withdrawals };
}

function triggerOptions(
  { schedule, timeZone = 'UTC', afterOutcomes, leastHoursBetween = 24 }: TrainerOptions,
  { training }: DriftPolicy,
): ConstructorParameters<typeof TrainingTriggers>[1] {
  return {
    ...{ timeZone, leastHoursBetween, drift: training },
    ...(schedule === undefined ? {} : { schedule }),
    ...(afterOutcomes === undefined ? {} : { afterOutcomes }),
  };
}

function checkSchedule({ schedule, timeZone = 'UTC' }: TrainerOptions): void {
  const problem = schedule === undefined ? undefined : scheduleProblem(schedule, timeZone);
  if (problem === undefined) return;
  const expected = `a cron expression such as "0 3 * * 0", in a time zone such as Europe/Rome (${problem})`;
  throw new SettingsError([{ name: 'TRAINER_SCHEDULE', value: `${schedule} ${timeZone}`, expected }]);
}

/** A compiled program of this app. */
function program(name: string): string {
  return fileURLToPath(new URL(`../${name}`, import.meta.url));
}
