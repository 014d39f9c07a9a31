import { benchLiveFanOut, type LiveFanOutOptions } from './live-fan-out.js';

const RUNS: readonly LiveFanOutOptions[] = [
  { beds: 100, perSecond: 33, clients: 3, seconds: 15 },
  { beds: 1_000, perSecond: 33, clients: 5, seconds: 15 },
  { beds: 1_000, perSecond: 33, clients: 5, seconds: 15, withOneThatNeverReads: true },
];

/** Event to dashboard at 100 and 1,000 beds, and beside a client that never reads; one line a run. */
export async function run(): Promise<void> {
  for (const options of RUNS) {
    const figures = await benchLiveFanOut(options);
    const idle = options.withOneThatNeverReads === true ? ' and one that never reads' : '';
    console.log(
      `${options.beds} beds, ${options.perSecond} scores/s, ${options.clients} clients${idle}: ` +
        `event to dashboard median ${figures.medianMs.toFixed(1)} ms, p99 ${figures.p99Ms.toFixed(1)} ms, max ${figures.maxMs.toFixed(1)} ms; ` +
        `${figures.seen} of ${figures.sent} seen; ready after ${figures.catchUpMs.toFixed(0)} ms; snapshot ${(figures.snapshotBytes / 1024).toFixed(0)} KiB; ` +
        `process ${figures.residentMiB.toFixed(0)} MiB, ${(100 * figures.cpuShare).toFixed(0)} % of a core`,
    );
  }
}
