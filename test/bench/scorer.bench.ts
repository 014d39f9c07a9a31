import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { SIGNAL_IDS, signalDefinition } from '#clinical';
import { MemoryHistoryStore } from '#history';
import { shippedReleaseDirectory } from '#model';
import type { WindowToScore } from '#model';
import { createScorer, ModelScorer, UnavailableScorer } from '#scorer';
import { ServiceLogger } from '#service';
import { EmbeddedEventLog, MemoryBroker, MemoryEventLog, type EventLog } from '#stream';
import { TOPICS } from '#wire';
import { encodeWindow, StayWindow } from '#windows';
import { recordedWard } from '../support/scorer/recorded-ward.js';

const WARM_UP_WINDOWS = 32;
const WINDOWS = 320;
const BATCH = 16;
const HELD_STAYS = 2_000;
/** The recording is old; a clock before it keeps retention from dropping it. */
const RECORDED_NOW = (): number => 0;

/** Events per second from log to window, windows per second with one and two threads, memory per stay. */
export async function run(): Promise<void> {
  memoryPerStay();
  await eventsPerSecond('memory', new MemoryEventLog(new MemoryBroker(RECORDED_NOW)));
  const directory = mkdtempSync(join(tmpdir(), 'vigil-bench-'));
  await eventsPerSecond('embedded', EmbeddedEventLog.open({ directory, now: RECORDED_NOW }));
  rmSync(directory, { recursive: true });
  for (const threads of [1, 2]) await windowsPerSecond(threads);
}

async function eventsPerSecond(name: string, log: EventLog): Promise<void> {
  const records = recordedWard(200, 24);
  const logger = new ServiceLogger({ service: 'bench', level: 'warn' });
  const parts = { log, history: new MemoryHistoryStore(), scorer: new UnavailableScorer('bench'), logger };
  const options = { ...parts, scoring: { scoreEveryMs: 3_600_000, overload: 'wait' as const }, partitions: 12 };
  const fail = (error: Error): never => {
    throw error;
  };
  const filler = await createScorer({ ...options, onFailure: fail });
  await filler.stop();
  for (let from = 0; from < records.length; from += 5_000) {
    await log.append(TOPICS.bedsideEvents, records.slice(from, from + 5_000));
  }
  const startMs = performance.now();
  const scorer = await createScorer({ ...options, onFailure: fail });
  while (scorer.tally().events.received < records.length) await setImmediate();
  await scorer.idle();
  const seconds = (performance.now() - startMs) / 1000;
  await scorer.flush();
  const flushed = (performance.now() - startMs) / 1000;
  const { windows, snapshots } = scorer.tally();
  print(
    `log to window, ${name} log: ${rate(records.length, seconds)} events/s (${windows.due} windows due and refused)`,
  );
  print(`barrier, ${name} log: ${snapshots} snapshots in ${(flushed - seconds).toFixed(2)} s`);
  await scorer.stop();
  await log.close();
}

async function windowsPerSecond(threads: number): Promise<void> {
  const bundleDirectory = shippedReleaseDirectory();
  const onUnavailable = (error: Error): never => {
    throw error;
  };
  const scorer = await ModelScorer.open({ bundleDirectory, threads, onUnavailable });
  const windows = Array.from({ length: WINDOWS }, (_, seed) => benchWindow(scorer.release.signals.length, seed));
  await scored(scorer, windows.slice(0, WARM_UP_WINDOWS));
  const startMs = performance.now();
  await scored(scorer, windows);
  const { releaseId, engine } = scorer.release;
  const perSecond = rate(WINDOWS, (performance.now() - startMs) / 1000);
  print(`windows scored, ${threads} threads: ${perSecond} windows/s (${releaseId} on ${engine}, batches of ${BATCH})`);
  const oneMs = await medianMs(() => scorer.score([windows[0]!]));
  print(`one window alone, ${threads} threads: ${oneMs.toFixed(1)} ms`);
  await scorer.close();
}

async function scored(scorer: ModelScorer, windows: readonly WindowToScore[]): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < windows.length) {
      const batch = windows.slice(next, next + BATCH);
      next += BATCH;
      await scorer.score(batch);
    }
  };
  await Promise.all(Array.from({ length: scorer.lanes }, lane));
}

function benchWindow(signals: number, seed: number): WindowToScore {
  const mask = Float32Array.from({ length: signals * 24 }, (_, index) => ((index * 7 + seed) % 4 === 0 ? 1 : 0));
  const values = mask.map((measured, index) => measured * (20 + ((index + seed) % 60)));
  return { values, mask, static: { ageYears: 40 + (seed % 50) }, hoursSinceAdmission: 24, noiseKey: `bench-${seed}` };
}

function memoryPerStay(): void {
  const before = heldBytes();
  const windows = Array.from({ length: HELD_STAYS }, fullWindow);
  const held = (heldBytes() - before) / windows.length;
  const snapshotBytes = encodeWindow(windows[0]!).length;
  print(`memory of a stay whose every slot is full: ${Math.round(held)} bytes; its snapshot ${snapshotBytes} bytes`);
}

function fullWindow(): StayWindow {
  const window = new StayWindow(0);
  for (const signal of SIGNAL_IDS) {
    const { slotMinutes, plausible } = signalDefinition(signal);
    for (let minute = 24 * 60 - 1; minute >= 0; minute -= slotMinutes) {
      const atMs = minute * 60_000;
      window.merge({ signal, value: plausible[1], effectiveAtMs: atMs, availableAtMs: atMs, source: 'monitor' });
    }
  }
  return window;
}

function heldBytes(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

async function medianMs(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 15; run++) {
    const startMs = performance.now();
    await work();
    times.push(performance.now() - startMs);
  }
  return times.sort((a, b) => a - b)[7]!;
}

function rate(count: number, seconds: number): string {
  return Math.round(count / seconds).toLocaleString('en');
}

function print(line: string): void {
  console.log(line);
}
