import { afterEach, describe, expect, it } from '@jest/globals';
import { JobFailedError, PoolClosedError, PoolQueueFullError, WorkerCrashedError } from './pool-errors.js';
import type { TestJob } from './worker-pool-test-worker.js';
import { WorkerPool, type WorkerPoolOptions } from './worker-pool.js';

const entry = new URL('./worker-pool-test-worker.js', import.meta.url);

describe('WorkerPool', () => {
  const pools: WorkerPool<TestJob, number>[] = [];
  function poolOf(options: Partial<WorkerPoolOptions>): WorkerPool<TestJob, number> {
    const pool = new WorkerPool<TestJob, number>({ entry, threads: 1, ...options });
    pools.push(pool);
    return pool;
  }
  afterEach(async () => {
    await Promise.all(pools.splice(0).map((pool) => pool.close()));
  });

  /** A job that holds its worker until the gate is opened. */
  function gate(): { job: TestJob; open(): void } {
    const waitFor = new SharedArrayBuffer(4);
    const cell = new Int32Array(waitFor);
    return { job: { waitFor }, open: () => (Atomics.store(cell, 0, 1), Atomics.notify(cell, 0), undefined) };
  }

  it('does every job once and gives each caller its own result', async () => {
    const pool = poolOf({ threads: 2, queueLimit: 50 });
    const results = await Promise.all(Array.from({ length: 50 }, (_, i) => pool.run({ double: i })));
    expect(results).toEqual(Array.from({ length: 50 }, (_, i) => 2 * i));
    expect(pool.waiting).toBe(0);
  });

  it('refuses a job when the queue is full, and takes jobs again when it is not', async () => {
    const pool = poolOf({ queueLimit: 1 });
    await pool.ready();
    const held = gate();
    const first = pool.run(held.job);
    const second = pool.run({ double: 4 });
    await expect(pool.run({ double: 5 })).rejects.toThrow(PoolQueueFullError);
    expect([pool.running, pool.waiting]).toEqual([1, 1]);
    held.open();
    expect([await first, await second]).toEqual([0, 8]);
    expect(await pool.run({ double: 6 })).toBe(12);
  });

  it('rejects the job of a worker that died, and no other, and replaces the worker', async () => {
    const crashes: WorkerCrashedError[] = [];
    const pool = poolOf({ onCrash: (error) => crashes.push(error) });
    const doomed = pool.run({ exit: 3 });
    const next = pool.run({ double: 7 });
    await expect(doomed).rejects.toThrow('exit code 3');
    await expect(doomed).rejects.toThrow(WorkerCrashedError);
    expect(await next).toBe(14);
    expect(crashes).toHaveLength(1);
  });

  it('passes on the message of a job that threw, and keeps the worker', async () => {
    const crashes: WorkerCrashedError[] = [];
    const pool = poolOf({ onCrash: (error) => crashes.push(error) });
    await expect(pool.run({ throwing: 'no such stay' })).rejects.toThrow(new JobFailedError('no such stay'));
    expect(await pool.run({ double: 1 })).toBe(2);
    expect(crashes).toHaveLength(0);
  });

  it('gives up when workers die before they are ready', async () => {
    const pool = poolOf({ workerData: { refuse: true } });
    const job = pool.run({ double: 1 });
    const ready = pool.ready();
    await expect(job).rejects.toThrow('told not to start');
    await expect(ready).rejects.toThrow(WorkerCrashedError);
    await expect(pool.run({ double: 1 })).rejects.toThrow(WorkerCrashedError);
  });

  it('rejects what is not done when it is closed', async () => {
    const pool = poolOf({});
    await pool.ready();
    const held = gate();
    const jobs = [pool.run(held.job), pool.run({ double: 1 })].map((job) => job.catch((error: unknown) => error));
    await pool.close();
    for (const outcome of await Promise.all(jobs)) expect(outcome).toBeInstanceOf(PoolClosedError);
    await expect(pool.run({ double: 1 })).rejects.toThrow(PoolClosedError);
  });

  it('refuses to have no threads', () => {
    expect(() => poolOf({ threads: 0 })).toThrow('at least 1');
  });
});
