/** What a pool sends its workers. */
export interface JobMessage {
  id: number;
  job: unknown;
}

/** What a worker answers. The first, with no id, says that it has started. */
export type WorkerMessage =
  { kind: 'ready' } | { kind: 'done'; id: number; result: unknown } | { kind: 'failed'; id: number; message: string };
