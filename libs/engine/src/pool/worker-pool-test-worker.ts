import { serveJobs } from './serve-jobs.js';

/** A job of the pool's own spec. */
export type TestJob = { double: number } | { throwing: string } | { exit: number } | { waitFor: SharedArrayBuffer };

/** The worker of the pool's own spec: doubles numbers, throws, dies, or waits at a gate, as it is told. */
await serveJobs<{ refuse?: boolean } | undefined, TestJob, number>(async (data) => {
  if (data?.refuse) throw new Error('this worker was told not to start');
  return (job) => {
    if ('double' in job) return 2 * job.double;
    if ('throwing' in job) throw new Error(job.throwing);
    if ('exit' in job) return process.exit(job.exit);
    Atomics.wait(new Int32Array(job.waitFor), 0, 0);
    return 0;
  };
});
