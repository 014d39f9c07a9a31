import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { HOUR_MS, MINUTE_MS, signalDefinition, SIGNAL_SETS } from '#clinical';
import { MemoryHistoryStore } from '#history';
import { recordParityCase, shippedReleaseDirectory } from '#model';
import { createRegistry } from '#registry-app';
import { createScorer, FollowedReleases, type RunningScorer } from '#scorer';
import { ServiceLogger } from '#service';
import { MemoryBroker, MemoryEventLog, type OutgoingRecord } from '#stream';
import { TOPICS } from '#wire';
import { admission, observation } from '../support/scorer/bedside-records.js';

const SWITCHES = 8;
/** The recording is old; a clock before it keeps retention from dropping it. */
const RECORDED_NOW = (): number => 0;
const given = { by: 'bench', why: 'bench' };

/** Time from an order to the registry until another release scores: without load, and while more windows are due than can be scored. */
export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'vigil-swap-'));
  const logger = new ServiceLogger({ service: 'bench', level: 'silent' });
  const log = new MemoryEventLog(new MemoryBroker(RECORDED_NOW));
  const onFailure = (error: Error): never => {
    throw error;
  };
  const registry = await createRegistry({
    ...{ log, logger, directory: join(folder, 'store'), http: { host: '127.0.0.1', port: 0 }, onFailure },
  });
  await registry.desk.add(await secondRelease(folder), given);
  const scorer = await FollowedReleases.open({ log, logger, cacheDirectory: join(folder, 'cache') });
  const running = await createScorer({
    ...{ log, history: new MemoryHistoryStore(), scorer, logger, partitions: 4, onFailure },
    scoring: { scoreEveryMs: 5 * MINUTE_MS, overload: 'wait' },
  });
  console.log('order to switch, milliseconds (order: HTTP, journal with fsync, log, then fetch, load, warm, switch)');
  await timeSwitches('idle', running, registry.url);
  await log.append(TOPICS.bedsideEvents, fullyMeasuredWard(60, 24));
  while (running.tally().windows.outcomes.scored === 0) await delay(10);
  await timeSwitches('under load', running, registry.url);
  const { outcomes, waiting } = running.tally().windows;
  console.log(`windows meanwhile: ${outcomes.scored} scored, ${waiting} still waiting`);
  // the rest of the ward is not waited for
  await log.close().catch(() => undefined);
  await registry.stop();
  await scorer.close();
  await rm(folder, { recursive: true, force: true });
  process.exit(0);
}

/** Stays whose signals are all measured every hour, so that no window is refused after the first ones. */
function fullyMeasuredWard(stays: number, hours: number): OutgoingRecord[] {
  const ids = Array.from({ length: stays }, (_, index) => `stay-${index}`);
  const records = ids.map((id) => admission(id));
  for (let hour = 0; hour < hours; hour++) {
    for (const id of ids) {
      for (const signal of SIGNAL_SETS['paper-11']) {
        const { plausible, unit } = signalDefinition(signal);
        const value = plausible[0] + 0.4 * (plausible[1] - plausible[0]);
        records.push(observation(id, hour * HOUR_MS, { signal, value, unit }));
      }
    }
  }
  return records;
}

/** Goes to the second release and back, again and again. */
async function timeSwitches(name: string, running: RunningScorer, url: string): Promise<void> {
  const rows: number[][] = [];
  for (let round = 0; round < SWITCHES; round++) {
    const before = running.releases().switches;
    const order = round % 2 === 0 ? '/releases/swap-bench-2/promote' : '/rollback';
    const body = JSON.stringify({ ...given, ...(round % 2 === 0 && { force: true }) });
    const startMs = performance.now();
    const response = await fetch(`${url}${order}`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body },
    });
    if (!response.ok) throw new Error(await response.text());
    while (running.releases().switches === before) await delay(2);
    const wholeMs = performance.now() - startMs;
    const { fetchMs, loadMs, warmMs, switchMs } = running.releases().lastSwitch!;
    rows.push([wholeMs, fetchMs, loadMs, warmMs, switchMs]);
  }
  const names = ['whole', 'fetch', 'load', 'warm', 'switch'];
  const median = (column: number): string =>
    rows
      .map((row) => row[column]!)
      .sort((a, b) => a - b)
      [Math.floor(rows.length / 2)]!.toFixed(1);
  const longest = Math.max(...rows.map(([whole]) => whole!));
  console.log(
    `${name}: ${names.map((phase, column) => `${phase} ${median(column)}`).join(', ')}; longest ${longest.toFixed(0)}`,
  );
}

/** The shipped release under another id. */
async function secondRelease(folder: string): Promise<string> {
  const path = join(folder, 'swap-bench-2');
  await cp(shippedReleaseDirectory(), path, { recursive: true });
  const manifest = JSON.parse(await readFile(join(path, 'manifest.json'), 'utf8')) as Record<string, unknown>;
  await writeFile(join(path, 'manifest.json'), JSON.stringify({ ...manifest, releaseId: 'swap-bench-2' }));
  await recordParityCase(path);
  return path;
}
