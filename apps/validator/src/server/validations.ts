import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { AlertPolicy } from '#alerting';
import type { ServiceLogger } from '#service';
import type { ScoringProgress } from '../score-dataset.js';
import { validate, type ValidationSurroundings } from '../validate.js';
import { ValidationError } from '../validation-error.js';
import { wishOfRequest, type NamedPlaces, type ValidationRequest } from './validation-request.js';

/** A validation as it is told over HTTP. */
export interface ValidationStatus {
  readonly id: string;
  readonly state: 'running' | 'finished' | 'failed' | 'stopped';
  readonly request: ValidationRequest;
  readonly startedAtMs: number;
  readonly endedAtMs?: number;
  readonly progress: ScoringProgress;
  /** The latest step. */
  readonly step: string;
  /** Why it failed. */
  readonly problem?: string;
}

/** What validations are made with. */
export interface ValidationsParts extends Pick<ValidationSurroundings, 'logger' | 'code' | 'machine'> {
  readonly places: NamedPlaces;
  readonly policies: readonly AlertPolicy[];
  readonly threads: number;
  /** Scores and reports, a folder for each validation's report. */
  readonly folder: string;
  readonly nowMs: () => number;
  readonly logger: ServiceLogger;
}

/** Validations that are remembered; the oldest ended one is forgotten first, its report stays on disk. */
const MOST_REMEMBERED = 50;

/** Runs validations one at a time, and remembers the latest. */
export class Validations {
  private readonly all = new Map<string, ValidationStatus>();
  private readonly reports = new Map<string, string>();
  private current: { readonly stop: AbortController; readonly done: Promise<void> } | undefined;

  constructor(private readonly parts: ValidationsParts) {}

  /** Newest first. */
  list(): readonly ValidationStatus[] {
    return [...this.all.values()].reverse();
  }

  find(id: string): ValidationStatus | undefined {
    return this.all.get(id);
  }

  /** Path of the page of a finished validation. */
  report(id: string): string | undefined {
    return this.reports.get(id);
  }

  /** Whether one is running: another is not begun then. */
  get isBusy(): boolean {
    return this.current !== undefined;
  }

  /**
   * Begins a validation.
   *
   * @throws ValidationError when one is running, or the request names what is not here
   */
  start(request: ValidationRequest): ValidationStatus {
    if (this.isBusy) throw new ValidationError('A validation is running; one at a time.');
    const { places, policies, threads, folder, nowMs } = this.parts;
    const id = randomUUID();
    const wish = wishOfRequest(request, places, { threads, policies, outFolder: join(folder, id) });
    const progress = { stays: 0, windows: 0, wallMs: 0 };
    this.update({ id, state: 'running', request, startedAtMs: nowMs(), progress, step: 'beginning' });
    const stop = new AbortController();
    const done = this.run(id, { ...wish, storeFolder: join(folder, 'scores') }, stop.signal).finally(
      () => (this.current = undefined),
    );
    this.current = { stop, done };
    this.forget();
    return this.all.get(id)!;
  }

  /** Stops the one that runs, if it is this; what was scored is kept. */
  async stop(id: string): Promise<void> {
    if (this.all.get(id)?.state !== 'running') return;
    this.current?.stop.abort();
    await this.current?.done;
  }

  /** Stops whatever runs. */
  async close(): Promise<void> {
    this.current?.stop.abort();
    await this.current?.done;
  }

  private async run(id: string, wish: Parameters<typeof validate>[0], signal: AbortSignal): Promise<void> {
    const { logger, code, machine, nowMs } = this.parts;
    const change = (more: Partial<ValidationStatus>): void => this.update({ ...this.all.get(id)!, ...more });
    try {
      const { html } = await validate(wish, {
        ...{ logger, code, machine, signal },
        say: (step) => change({ step }),
        onProgress: (progress) => change({ progress }),
      });
      this.reports.set(id, html);
      change({ state: 'finished', endedAtMs: nowMs(), step: 'done' });
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      if (!signal.aborted) logger.warn('a validation failed', { id, problem });
      change({ endedAtMs: nowMs(), ...(signal.aborted ? { state: 'stopped' } : { state: 'failed', problem }) });
    }
  }

  private update(status: ValidationStatus): void {
    this.all.set(status.id, status);
  }

  private forget(): void {
    for (const { id, state } of this.all.values()) {
      if (this.all.size <= MOST_REMEMBERED) return;
      if (state === 'running') continue;
      this.all.delete(id);
      this.reports.delete(id);
    }
  }
}
