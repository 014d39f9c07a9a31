/** What a pool sends its workers: a job, or that none will follow. */
export type PoolMessage = { kind: 'job'; id: number; job: unknown } | { kind: 'end' };

/** What a worker answers. The first, with no id, says that it has started. */
export type WorkerMessage =
  { kind: 'ready' } | { kind: 'done'; id: number; result: unknown } | { kind: 'failed'; id: number; message: string };
