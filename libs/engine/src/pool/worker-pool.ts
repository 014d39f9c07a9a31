import { Worker } from 'node:worker_threads';
import { JobFailedError, PoolClosedError, PoolQueueFullError, WorkerCrashedError } from './pool-errors.js';
import type { PoolMessage, WorkerMessage } from './pool-messages.js';

/** How a pool works. */
export interface WorkerPoolOptions {
  /** The worker's entry, a compiled module that calls `serveJobs`. */
  entry: URL;
  /** Number of worker threads, at least 1. */
  threads: number;
  /** Jobs that may wait while all workers are busy; one more is rejected with PoolQueueFullError. @default 4 a thread */
  queueLimit?: number;
  /** Handed to every worker as it starts, by structured clone. */
  workerData?: unknown;
  /** Told of every worker that died, before it is replaced. */
  onCrash?: (error: WorkerCrashedError) => void;
}

interface Waiting<Job, Result> {
  job: Job;
  transfer: readonly ArrayBuffer[];
  resolve(result: Result): void;
  reject(error: Error): void;
}

interface Seat<Job, Result> {
  worker: Worker;
  ready: boolean;
  current?: Waiting<Job, Result>;
  error?: Error;
}

/** Longest wait for a worker to end after the job that it is at. */
const END_WITHIN_MS = 2_000;

/** Starts in a row that may fail before the pool gives up: a worker that cannot start would otherwise be replaced for ever. */
const MAX_FAILED_STARTS = 3;

/**
 * A fixed number of worker threads that share one bounded queue, first come first served; a worker holds one job at a time.
 *
 * A worker that dies takes one job with it (WorkerCrashedError) and is replaced. When three in a row die before they are ready, the
 * pool gives up: all jobs, waiting and to come, are rejected with the last error.
 */
export class WorkerPool<Job, Result> {
  readonly #options: WorkerPoolOptions;
  readonly #queueLimit: number;
  readonly #seats = new Set<Seat<Job, Result>>();
  readonly #queue: Waiting<Job, Result>[] = [];
  readonly #whenReady: { resolve(): void; reject(error: Error): void }[] = [];
  #failedStarts = 0;
  #lastId = 0;
  #ended: Error | undefined;

  constructor(options: WorkerPoolOptions) {
    if (!Number.isInteger(options.threads) || options.threads < 1) {
      throw new RangeError(`a worker pool of ${options.threads} threads was asked for; expected at least 1`);
    }
    this.#options = options;
    this.#queueLimit = options.queueLimit ?? 4 * options.threads;
    for (let i = 0; i < options.threads; i++) this.#hire();
  }

  /** Jobs that wait for a worker. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** Jobs that a worker is at. */
  get running(): number {
    return [...this.#seats].filter(({ current }) => current !== undefined).length;
  }

  /** Resolves when every worker has started; rejects when the pool gives up. */
  ready(): Promise<void> {
    if (this.#ended) return Promise.reject(this.#ended);
    if ([...this.#seats].every(({ ready }) => ready)) return Promise.resolve();
    return new Promise((resolve, reject) => this.#whenReady.push({ resolve, reject }));
  }

  /**
   * Has a job done; resolves with its result.
   * @param transfer buffers to hand over instead of copying; the caller must not use them afterwards
   * @throws PoolQueueFullError, WorkerCrashedError, JobFailedError or PoolClosedError, as a rejection
   */
  run(job: Job, transfer: readonly ArrayBuffer[] = []): Promise<Result> {
    if (this.#ended) return Promise.reject(this.#ended);
    const idle = [...this.#seats].find((seat) => seat.ready && seat.current === undefined);
    if (idle === undefined && this.#queue.length >= this.#queueLimit) {
      return Promise.reject(new PoolQueueFullError(this.#queueLimit));
    }
    return new Promise((resolve, reject) => {
      this.#queue.push({ job, transfer, resolve, reject });
      if (idle) this.#assign(idle);
    });
  }

  /**
   * Rejects what is not done with PoolClosedError and ends the workers: each after the job that it is at, for a native library that is
   * torn down in the middle of a run takes the process with it; but at once when that takes longer than two seconds.
   */
  async close(): Promise<void> {
    const workers = [...this.#seats].map(({ worker }) => worker);
    this.#end(new PoolClosedError());
    await Promise.all(workers.map(endWorker));
  }

  #hire(): void {
    const worker = new Worker(this.#options.entry, { workerData: this.#options.workerData });
    const seat: Seat<Job, Result> = { worker, ready: false };
    this.#seats.add(seat);
    worker.on('message', (message: WorkerMessage) => this.#hear(seat, message));
    worker.on('error', (error: Error) => (seat.error = error));
    worker.on('exit', (code) => this.#bury(seat, code));
  }

  #hear(seat: Seat<Job, Result>, message: WorkerMessage): void {
    if (message.kind === 'ready') {
      seat.ready = true;
      this.#failedStarts = 0;
      if ([...this.#seats].every(({ ready }) => ready)) this.#whenReady.splice(0).forEach(({ resolve }) => resolve());
    } else {
      const current = seat.current;
      delete seat.current;
      if (message.kind === 'done') current?.resolve(message.result as Result);
      else current?.reject(new JobFailedError(message.message));
    }
    this.#assign(seat);
  }

  #assign(seat: Seat<Job, Result>): void {
    const next = this.#ended ? undefined : this.#queue.shift();
    if (next === undefined) return;
    seat.current = next;
    try {
      const message: PoolMessage = { kind: 'job', id: ++this.#lastId, job: next.job };
      seat.worker.postMessage(message, next.transfer);
    } catch (error) {
      delete seat.current;
      next.reject(new JobFailedError(`the job cannot be sent to a worker: ${(error as Error).message}`));
      this.#assign(seat);
    }
  }

  #bury(seat: Seat<Job, Result>, code: number): void {
    this.#seats.delete(seat);
    if (this.#ended) return;
    const crash = new WorkerCrashedError(seat.error?.message ?? `it ended with exit code ${code}`, seat.error);
    seat.current?.reject(crash);
    this.#options.onCrash?.(crash);
    if (!seat.ready && ++this.#failedStarts >= MAX_FAILED_STARTS) {
      const others = [...this.#seats];
      this.#end(crash);
      for (const { worker } of others) void worker.terminate();
      return;
    }
    this.#hire();
  }

  #end(error: Error): void {
    if (this.#ended) return;
    this.#ended = error;
    for (const { current } of this.#seats) current?.reject(error);
    for (const { reject } of this.#queue.splice(0)) reject(error);
    for (const { reject } of this.#whenReady.splice(0)) reject(error);
  }
}

async function endWorker(worker: Worker): Promise<void> {
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const message: PoolMessage = { kind: 'end' };
  worker.postMessage(message);
  const timer = setTimeout(() => void worker.terminate(), END_WITHIN_MS);
  await ended;
  clearTimeout(timer);
}
