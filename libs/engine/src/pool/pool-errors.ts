/** The bounded queue of a pool is full: try again when something has been finished, or apply back-pressure upstream. */
export class PoolQueueFullError extends Error {
  override readonly name = 'PoolQueueFullError';
  constructor(readonly queueLimit: number) {
    super(`all workers are busy and ${queueLimit} jobs already wait; expected fewer, so wait for one to finish`);
  }
}

/** The worker that ran a job died. The job may have been done in part; the worker has been replaced. */
export class WorkerCrashedError extends Error {
  override readonly name = 'WorkerCrashedError';
  constructor(reason: string, cause?: unknown) {
    super(`the worker that ran this job died: ${reason}`, { cause });
  }
}

/** The job's own code threw; the worker lives on. */
export class JobFailedError extends Error {
  override readonly name = 'JobFailedError';
}

/** The pool was closed before the job was done. */
export class PoolClosedError extends Error {
  override readonly name = 'PoolClosedError';
  constructor() {
    super('the worker pool is closed, and takes and finishes no more jobs');
  }
}
