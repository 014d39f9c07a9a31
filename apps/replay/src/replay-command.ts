import { join, resolve } from 'node:path';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#clinical';
import { partsByDataset } from '#datasets';
import { readSettings, STORAGE_SETTINGS } from '#service';
import type { EventLog } from '#stream';
import { TOPICS } from '#wire';
import type { Command } from 'commander';
import { z } from 'zod';
import { BEDSIDE_RETENTION_MS, ensureBedsideTopic } from './bedside-topic.js';
import { FileProgressStore } from './file-progress-store.js';
import { openDataset, type OpenedDataset } from './open-dataset.js';
import { progressLine } from './progress-line.js';
import type { ReplayClock } from './replay-clock.js';
import { replayFlags, SHIPPED_RECORDINGS, type ReplayFlags } from './replay-flags.js';
import { ReplaySession } from './replay-session.js';
import { showProgress, type ProgressScreen } from './show-progress.js';
import { firstStays, joinSources } from './stay-source.js';
import { readRecordingHead } from './topics/read-recording.js';
import { replayRecording } from './topics/replay-recording.js';

/** Options, by their attributes, that a replay of a recording heeds. */
const GO_WITH_RECORDING: ReadonlySet<string> = new Set(['recording', 'speed', 'brokers', 'state', 'quiet']);

/** Which log to open: Kafka's when there are brokers, else the embedded one of the folder. */
export interface LogPlace {
  readonly brokers?: readonly string[];
  readonly stateFolder: string;
}

/** What the command is given by its process. */
export interface ReplaySurroundings {
  readonly clock: ReplayClock;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly screen: ProgressScreen;
  openLog(place: LogPlace): Promise<EventLog>;
  /** Calls back when the replay should stop after the batch in hand. */
  onStop(stop: () => void): void;
}

/** `npm run replay`: opens the log, replays, says how far it came. */
export function replayCommand(surroundings: ReplaySurroundings): Command {
  const command = replayFlags();
  return command.action(async () => {
    const flags = command.opts<ReplayFlags>();
    if (flags.recording !== undefined) refuseOptionsOfStays(command);
    await replay(flags, surroundings);
  });
}

/** A recording is put back as it stands: what chooses or places stays would be passed over. */
function refuseOptionsOfStays(command: Command): void {
  const given = command.options.filter(
    (option) =>
      !GO_WITH_RECORDING.has(option.attributeName()) && command.getOptionValueSource(option.attributeName()) === 'cli',
  );
  if (given.length === 0) return;
  const named = given.map(({ long }) => long).join(', ');
  command.error(`error: --recording replays a file of topics as it stands and does not go with ${named}`);
}

async function replay(flags: ReplayFlags, surroundings: ReplaySurroundings): Promise<void> {
  const { clock, environment, screen } = surroundings;
  if (flags.recording !== undefined) return replayFile(flags.recording, flags, surroundings);
  const datasets = openDatasets(flags);
  const place = logPlace(flags, environment);
  const log = await surroundings.openLog(place);
  try {
    await ensureBedsideTopic(log);
    const session = new ReplaySession({
      source: firstStays(joinSources(datasets.map(({ stays }) => stays)), flags.stays),
      ...{
        log,
        logName: nameOf(place),
        clock,
        speed: flags.speed,
        resume: flags.resume,
        wardSize: flags.wardSize,
        stayIdPrefix: flags.prefix,
      },
      progressStore: new FileProgressStore(flags.progressFile ?? join(place.stateFolder, 'replay-progress.json')),
      fastForwardMs: flags.fastForward * HOUR_MS,
      staggerMs: flags.stagger * MINUTE_MS,
      ...(flags.anchor === undefined ? {} : { anchorMs: flags.anchor }),
      onPlan: ({ spanMs }) => warnOfRetention(spanMs, screen),
    });
    surroundings.onStop(() => session.stop());
    await runShown(session, flags.quiet ? { ...screen, write: () => undefined } : screen, clock);
    for (const { report } of datasets) screen.write(`${report()}\n`);
    if (session.progress().state === 'stopped') screen.write('Stopped; --resume with the same options goes on.\n');
  } finally {
    await log.close();
  }
}

async function replayFile(path: string, flags: ReplayFlags, surroundings: ReplaySurroundings): Promise<void> {
  const { clock, screen } = surroundings;
  const { recordedAtMs } = await readRecordingHead(path);
  const log = await surroundings.openLog(logPlace(flags, surroundings.environment));
  const stop = new AbortController();
  const ended = new AbortController();
  let line = 'reading the recording';
  try {
    await ensureBedsideTopic(log);
    surroundings.onStop(() => stop.abort());
    warnOfRetention(clock.nowMs() - recordedAtMs, screen);
    const shown = flags.quiet ? undefined : showProgress(() => line, screen, clock, ended.signal);
    const { speed } = flags;
    const onBatch = (appended: number, timestampMs: number): void => {
      line = `records ${appended} | clock ${new Date(timestampMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
    };
    const replay = { path, log, topic: TOPICS.bedsideEvents, clock, speed, onBatch, signal: stop.signal };
    await replayRecording(replay).finally(() => ended.abort());
    await shown;
  } finally {
    await log.close();
  }
}

async function runShown(session: ReplaySession, screen: ProgressScreen, clock: ReplayClock): Promise<void> {
  const ended = new AbortController();
  const shown = showProgress(() => progressLine(session.progress()), screen, clock, ended.signal);
  try {
    await session.run();
  } finally {
    ended.abort();
    await shown;
  }
}

function openDatasets(flags: ReplayFlags): readonly OpenedDataset[] {
  const { dataset, recordings, synthetic, part, split, hours } = flags;
  const ofEach = partsByDataset(
    dataset.map(({ name }) => name),
    part,
  );
  const common = { maxHours: hours, ...(split === undefined ? {} : { split }) };
  const opened = dataset.map(({ name, path }) => {
    const parts = ofEach.get(name);
    return openDataset({ ...common, name, path, ...(parts === undefined ? {} : { parts }) });
  });
  const nothingNamed = dataset.length === 0 && synthetic === undefined;
  const folder = recordings ?? (nothingNamed ? SHIPPED_RECORDINGS : undefined);
  if (folder !== undefined) opened.push(openDataset({ ...common, name: 'recordings', path: folder }));
  if (synthetic !== undefined) opened.push(openDataset({ ...common, name: 'synthetic', syntheticStays: synthetic }));
  return opened;
}

function logPlace(flags: ReplayFlags, environment: ReplaySurroundings['environment']): LogPlace {
  const settings = readSettings(z.object(STORAGE_SETTINGS), environment);
  const brokers = flags.brokers ?? settings.KAFKA_BROKERS?.split(',');
  return { stateFolder: flags.state ?? settings.VIGIL_STATE, ...(brokers === undefined ? {} : { brokers }) };
}

/** The log in words that are the same for the same log. */
function nameOf({ brokers, stateFolder }: LogPlace): string {
  if (brokers === undefined) return `the embedded log in ${resolve(stateFolder)}`;
  return `Kafka ${brokers.toSorted().join(',')}`;
}

function warnOfRetention(spanMs: number, screen: ProgressScreen): void {
  if (spanMs <= BEDSIDE_RETENTION_MS) return;
  screen.write(
    `The events reach ${(spanMs / DAY_MS).toFixed(1)} days back, and the log keeps ${BEDSIDE_RETENTION_MS / DAY_MS} unless told ` +
      'otherwise: its oldest events may be gone before they are scored. Take a smaller --hours or --stagger.\n',
  );
}
