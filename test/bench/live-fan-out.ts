import { setTimeout as delay } from 'node:timers/promises';
import { HOUR_MS, MINUTE_MS, SIGNAL_SETS } from '#clinical';
import { createGateway, type Gateway } from '#gateway';
import { MemoryHistoryStore } from '#history';
import { createMetrics, HealthRegistry, ServiceLogger } from '#service';
import { MemoryEventLog } from '#stream';
import { LIVE_PATH, TOPICS, type LiveServerFrame, type RiskScore } from '#wire';
import { WebSocket } from 'ws';
import { admission, bedsideRecord, score, scoreRecord } from '../support/live/made-events.js';

/** What to measure. */
export interface LiveFanOutOptions {
  readonly beds: number;
  /** Scores a second, each of the next bed in turn. */
  readonly perSecond: number;
  readonly clients: number;
  readonly seconds: number;
  /** One more client that connects, asks for everything and never reads. */
  readonly withOneThatNeverReads?: boolean;
}

/** What was measured. Times are from the append to the log until a client has parsed the frame, milliseconds. */
export interface LiveFanOutFigures {
  readonly sent: number;
  readonly seen: number;
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** From the start until 24 scores (one of them full) and an admission a bed were read back, Nest's own start included. */
  readonly catchUpMs: number;
  readonly snapshotBytes: number;
  /** Heap and buffers of the process after the run, clients included. */
  readonly residentMiB: number;
  /** Share of one core that the process used, log, gateway and clients together. */
  readonly cpuShare: number;
}

/** Event to dashboard: real sockets, real gateway, the log in memory, all in this process. */
export async function benchLiveFanOut(options: LiveFanOutOptions): Promise<LiveFanOutFigures> {
  const startMs = Date.now() - 2 * HOUR_MS;
  const log = await filledLog(options.beds, startMs);
  const startedAt = performance.now();
  const gateway = await startGateway(log);
  const catchUpMs = performance.now() - startedAt;
  const appended = new Map<string, number>();
  const latencies: number[] = [];
  const clients = await Promise.all(
    Array.from({ length: options.clients }, () => watch(gateway.url, appended, latencies)),
  );
  const idle = options.withOneThatNeverReads === true ? await neverRead(gateway.url) : undefined;
  const cpu = process.cpuUsage();
  const beganAt = performance.now();
  const sent = await sendScores(log, options, startMs, appended);
  await delay(500);
  const used = process.cpuUsage(cpu);
  const cpuShare = (used.user + used.system) / 1000 / (performance.now() - beganAt);
  const residentMiB = process.memoryUsage().rss / 1_048_576;
  for (const { socket } of clients) socket.terminate();
  idle?.terminate();
  await gateway.close();
  await log.close();
  latencies.sort((a, b) => a - b);
  const at = (share: number): number =>
    latencies[Math.min(latencies.length - 1, Math.floor(share * latencies.length))]!;
  return {
    sent: sent * options.clients,
    seen: latencies.length,
    medianMs: at(0.5),
    p99Ms: at(0.99),
    maxMs: at(1),
    catchUpMs,
    snapshotBytes: clients[0]!.snapshotBytes,
    residentMiB,
    cpuShare,
  };
}

async function filledLog(beds: number, startMs: number): Promise<MemoryEventLog> {
  const log = new MemoryEventLog();
  const names = [TOPICS.bedsideEvents, TOPICS.riskScores];
  await log.ensureTopics(names.map((name) => ({ name, partitions: 12, cleanup: 'delete', retentionMs: 24 * HOUR_MS })));
  for (let bed = 0; bed < beds; bed++) {
    const stayId = `stay-${bed}`;
    const event = admission(stayId, { admittedAtMs: startMs - HOUR_MS });
    await log.append(TOPICS.bedsideEvents, [bedsideRecord('admission', event, startMs)]);
    const past = Array.from({ length: 23 }, (_, i) => scoreRecord(score(stayId, startMs - (24 - i) * MINUTE_MS)));
    await log.append(TOPICS.riskScores, [...past, scoreRecord(fullScore(stayId, startMs - MINUTE_MS))]);
  }
  return log;
}

async function startGateway(log: MemoryEventLog): Promise<Gateway> {
  const gateway = await createGateway({
    log,
    history: new MemoryHistoryStore(),
    logger: new ServiceLogger({ service: 'gateway', level: 'error' }),
    metrics: createMetrics({ service: 'gateway', processMetrics: false }),
    health: new HealthRegistry(),
    options: { port: 0 },
    onFailure: (error) => {
      throw error;
    },
  });
  await gateway.caughtUp;
  return gateway;
}

async function sendScores(
  log: MemoryEventLog,
  { beds, perSecond, seconds }: LiveFanOutOptions,
  startMs: number,
  appended: Map<string, number>,
): Promise<number> {
  const total = perSecond * seconds;
  const beganAt = performance.now();
  for (let i = 0; i < total; i++) {
    const waitMs = beganAt + (i * 1_000) / perSecond - performance.now();
    if (waitMs > 1) await delay(waitMs);
    const event = fullScore(`stay-${i % beds}`, startMs + i * 1_000);
    appended.set(`${event.stayId}@${event.dueAtMs}`, performance.now());
    await log.append(TOPICS.riskScores, [scoreRecord(event)]);
  }
  return total;
}

/** A score as large as those of the wide set. */
function fullScore(stayId: string, dueAtMs: number): RiskScore {
  const hours = Array.from({ length: 24 }, (_, hour) => (hour % 4 === 0 ? null : 80 + hour / 7));
  const signals = SIGNAL_SETS['icu-36'];
  return score(stayId, dueAtMs, {
    imputed: signals.map((signal) => ({ signal, median: hours, low: hours, high: hours })),
    contributions: signals.map((signal) => ({ signal, logOdds: 0.123456 })),
    latest: signals.map((signal) => ({ signal, value: 80.5, atMs: dueAtMs })),
  });
}

async function watch(url: string, appended: Map<string, number>, latencies: number[]) {
  const socket = await open(url);
  const watcher = { socket, snapshotBytes: 0 };
  await new Promise<void>((resolve) => {
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString('utf8')) as LiveServerFrame;
      if (frame.type === 'snapshot') {
        watcher.snapshotBytes = data.byteLength;
        resolve();
      }
      if (frame.type !== 'update') return;
      const nowMs = performance.now();
      for (const { stayId, eventTimeMs } of frame.beds) {
        const sentMs = appended.get(`${stayId}@${eventTimeMs}`);
        if (sentMs !== undefined) latencies.push(nowMs - sentMs);
      }
    });
    socket.send(JSON.stringify({ type: 'subscribe', subscription: 's', target: { kind: 'all' } }));
  });
  return watcher;
}

async function neverRead(url: string): Promise<WebSocket> {
  const socket = await open(url);
  socket.send(JSON.stringify({ type: 'subscribe', subscription: 's', target: { kind: 'all' } }));
  socket.pause();
  return socket;
}

async function open(url: string): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}${LIVE_PATH}`);
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  return socket;
}
