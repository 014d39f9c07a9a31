import { parentPort, workerData } from 'node:worker_threads';
import type { PoolMessage, WorkerMessage } from './pool-messages.js';

/**
 * The other end of a {@link WorkerPool}, called once by a worker's entry file. When the pool closes, the worker ends after the job in
 * hand.
 *
 * @param start prepares the worker (loads a model) from the pool's `workerData`, and gives the function that does a job; where it
 *   throws, the worker dies, and the pool says so
 */
export async function serveJobs<Data, Job, Result>(
  start: (data: Data) => Promise<(job: Job) => Promise<Result> | Result>,
): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('serveJobs runs in a worker thread, and this is the main one');
  const say = (message: WorkerMessage): void => port.postMessage(message);
  const work = await start(workerData as Data);
  let last: Promise<void> = Promise.resolve();
  port.on('message', (message: PoolMessage) => {
    if (message.kind === 'end') {
      void last.then(() => port.close());
      return;
    }
    const { id, job } = message;
    last = Promise.resolve()
      .then(() => work(job as Job))
      .then(
        (result) => say({ kind: 'done', id, result }),
        (error: unknown) =>
          say({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) }),
      );
  });
  say({ kind: 'ready' });
}
