import type { ServiceLogger } from '#service';
import { rm } from 'node:fs/promises';
import { advanceProgress } from './advance-progress.js';
import type { ChildMessage } from './child-message.js';
import { ShelfUnavailable } from './release-shelf.js';
import { killStrayChild } from './stray-child.js';
import { compareCandidate } from './steps/compare-candidate.js';
import { decideCandidate } from './steps/decide-candidate.js';
import { prepare } from './steps/prepare.js';
import { releaseCandidate } from './steps/release-candidate.js';
import { trainCandidate } from './steps/train-candidate.js';
import { TRAINING_STEPS, type Training, type TrainingStep, type TrainingTrigger } from './training.js';
import { TrainingHalt, type RunStep, type StepContext, type TrainingParts } from './training-context.js';
import { trainingFiles } from './training-files.js';
import type { TrainingJournal } from './training-journal.js';

const STEPS: Readonly<Record<TrainingStep, RunStep>> = {
  prepare,
  train: trainCandidate,
  compare: compareCandidate,
  decide: decideCandidate,
  release: releaseCandidate,
};

/** What is asked for. */
export interface TrainingRequest {
  readonly trigger: TrainingTrigger;
  readonly by: string;
  readonly why: string;
  /** Weights to begin with. @default 'champion' */
  readonly start?: 'champion' | 'scratch';
  /** Train also where the gate will not be able to tell. @default false */
  readonly evenIfFew?: boolean;
}

/** What was asked for cannot be done now. */
export class TrainingRefused extends Error {
  override readonly name = 'TrainingRefused';

  constructor(
    readonly code: 'busy' | 'unknown' | 'ended',
    message: string,
  ) {
    super(message);
  }
}

/** What the desk is made with besides the parts of a training. */
export interface TrainingDeskParts extends TrainingParts {
  readonly journal: TrainingJournal;
  readonly logger: ServiceLogger;
  /** Waits before a registry that is away is asked again. */
  readonly waitForShelf: (signal: AbortSignal) => Promise<void>;
  /** A training could not be kept track of: the process should stop and start again. */
  readonly onFailure: (error: Error) => void;
}

/**
 * Runs trainings, one at a time, step by step. Each step is written down before it begins, so a service that was killed takes its training up again at that step.
 */
export class TrainingDesk {
  #running: { readonly id: string; readonly abort: AbortController; readonly ended: Promise<void> } | undefined;

  constructor(private readonly parts: TrainingDeskParts) {}

  /**
   * Takes up the training that ran when the service ended, and clears away what a crash left behind of those that had ended. Resolves when it is under way.
   */
  async resume(): Promise<void> {
    for (const { id, state } of this.parts.journal.all()) if (state !== 'running') await this.#cleanUp(id);
    const training = this.parts.journal.running();
    if (training === undefined) return;
    await killStrayChild(this.parts.journal.folderOf(training.id));
    this.parts.logger.info('training goes on', { training: training.id, step: training.step });
    await this.#begin({ ...training, restarts: training.restarts + 1 });
  }

  /** @throws TrainingRefused `busy` while another one runs */
  async start({ trigger, by, why, start = 'champion', evenIfFew = false }: TrainingRequest): Promise<Training> {
    const running = this.#running?.id ?? this.parts.journal.running()?.id;
    if (running !== undefined) throw new TrainingRefused('busy', `training ${running} runs; one at a time`);
    const startedAtMs = this.parts.nowMs();
    const { deaths, survivors } = this.parts.stays.summary();
    const training: Training = {
      ...{ id: this.#freeId(startedAtMs), trigger, by, why, start, evenIfFew },
      ...{ state: 'running', step: 'prepare', startedAtMs, restarts: 0, knownOutcomes: deaths + survivors },
    };
    this.parts.logger.info('training started', { training: training.id, trigger });
    await this.#begin(training);
    return training;
  }

  /**
   * Stops a training for good; resolves when its process has ended.
   *
   * @throws TrainingRefused `unknown`, or `ended` when it does not run any more
   */
  async cancel(id: string): Promise<Training> {
    const training = this.parts.journal.get(id);
    if (training === undefined) throw new TrainingRefused('unknown', `there is no training ${id}`);
    if (training.state !== 'running' || this.#running?.id !== id)
      throw new TrainingRefused('ended', `training ${id} has ${training.state}`);
    this.#running.abort.abort(new Cancelled());
    await this.#running.ended;
    return this.parts.journal.get(id)!;
  }

  /** Stops the process of the running training; the next start takes it up again. */
  async stop(): Promise<void> {
    this.#running?.abort.abort(new Stopped());
    await this.#running?.ended;
  }

  /** Resolves when no training runs. */
  async idle(): Promise<void> {
    await this.#running?.ended;
  }

  async #begin(training: Training): Promise<void> {
    const abort = new AbortController();
    // taken at once: a second request must not begin while this one is written down
    let begun!: () => void;
    const written = new Promise<void>((resolve) => (begun = resolve));
    const ended = written.then(() => this.#run(training, abort.signal)).catch(this.parts.onFailure);
    this.#running = { id: training.id, abort, ended: ended.finally(() => (this.#running = undefined)) };
    await this.parts.journal.write(training).finally(begun);
  }

  async #run(begun: Training, signal: AbortSignal): Promise<void> {
    const { journal, nowMs, logger } = this.parts;
    const current = (): Training => journal.get(begun.id)!;
    const context = this.#contextOf(begun.id, signal);
    try {
      for (const step of TRAINING_STEPS.slice(TRAINING_STEPS.indexOf(begun.step))) {
        await journal.write({ ...current(), step });
        const added = await this.#runStep(step, current(), context);
        await journal.write({ ...current(), ...added });
      }
      await journal.write(finished(current(), nowMs()));
    } catch (error) {
      // whatever was given up says so in words of its own: what counts is who stopped it
      const cause: unknown = signal.aborted ? signal.reason : error;
      if (cause instanceof Stopped) return;
      await journal.write({ ...current(), ...endOf(cause), endedAtMs: nowMs() });
    }
    const { state, decision, step } = current();
    logger.info('training ended', { training: begun.id, state, step, decision: decision?.decision });
    await this.#cleanUp(begun.id);
  }

  /** One step; while the registry is away it is tried again and again. */
  async #runStep(step: TrainingStep, training: Training, context: StepContext): Promise<Partial<Training>> {
    for (;;) {
      try {
        return await STEPS[step](training, context);
      } catch (error) {
        if (!(error instanceof ShelfUnavailable)) throw error;
        this.parts.logger.warn('the registry is away; a training waits for it', { training: training.id, step });
        await this.parts.waitForShelf(context.signal);
        context.signal.throwIfAborted();
      }
    }
  }

  #contextOf(id: string, signal: AbortSignal): StepContext {
    const { journal, nowMs, logger } = this.parts;
    const folder = journal.folderOf(id);
    let start = { atMs: nowMs(), percent: journal.get(id)?.progress?.percent ?? 0 };
    const onMessage = (message: ChildMessage): void => {
      const training = journal.get(id);
      if (training?.state !== 'running') return;
      journal.show({ ...training, progress: advanceProgress(training.progress, message, start, nowMs()) });
    };
    const onRestart = (): void => {
      const training = journal.get(id)!;
      start = { atMs: nowMs(), percent: training.progress?.percent ?? 0 };
      logger.warn('the process of a training was killed; it is taken up again', { training: id, step: training.step });
      journal.show({ ...training, restarts: training.restarts + 1 });
    };
    return { ...this.parts, folder, files: trainingFiles(folder), signal, onMessage, onRestart };
  }

  /** Nobody's stay stays in the folder of a training that has ended, and a bundle only where the registry does not have it. */
  async #cleanUp(id: string): Promise<void> {
    const { stays, work, release } = trainingFiles(this.parts.journal.folderOf(id));
    const state = this.parts.journal.get(id)?.release?.state;
    const folders =
      state === undefined || state === 'kept' || state === 'left' ? [stays, work] : [stays, work, release];
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  }

  #freeId(atMs: number): string {
    const [day, time] = new Date(atMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').split('T');
    const base = `${day}-${time}`;
    let id = base;
    for (let next = 2; this.parts.journal.get(id) !== undefined; next++) id = `${base}-${next}`;
    return id;
  }
}

/** Stopped by the service's own end; the training goes on later. */
class Stopped extends Error {}

/** Stopped by a person. */
class Cancelled extends Error {}

function finished({ progress, ...training }: Training, endedAtMs: number): Training {
  const whole = progress && { phase: progress.phase, validation: progress.validation, percent: 100 };
  return { ...training, state: 'finished', endedAtMs, ...(whole && { progress: whole }) };
}

function endOf(error: unknown): Pick<Training, 'state' | 'problem'> {
  if (error instanceof Cancelled) return { state: 'cancelled', problem: 'cancelled on request' };
  if (error instanceof TrainingHalt) return { state: error.state, problem: error.message };
  return { state: 'failed', problem: (error instanceof Error ? error.message : String(error)).slice(0, 500) };
}
