import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { EmbeddedEventLog, KafkaEventLog, MemoryEventLog, type EventLog, type OutgoingRecord } from '#stream';

const RECORDS = 50_000;
const BATCH = 1_000;
const SINGLES = 300;
const ROUNDS = 3;
const STAYS = 100;
const VALUE_BYTES = 100;

interface Figures {
  readonly appendPerSecond: number;
  readonly consumePerSecond: number;
  readonly latencyMedianMs: number;
  readonly latencyP99Ms: number;
}

/** Records a second appended and consumed, and the time from an append to its delivery, on each log in turn; the median of some rounds. */
export async function run(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'vigil-bench-'));
  const brokers = process.env['KAFKA_BROKERS']?.split(',');
  const logs = new Map<string, EventLog>([
    ['memory', new MemoryEventLog()],
    ['embedded', EmbeddedEventLog.open({ directory })],
  ]);
  if (brokers === undefined)
    console.log('kafka: left out, KAFKA_BROKERS names no broker (npm run servers:up starts one)');
  else logs.set('kafka', await KafkaEventLog.open({ brokers }));
  const rounds = new Map<string, Figures[]>([...logs.keys()].map((name) => [name, []]));
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, log] of logs) {
      const figures = await measure(log);
      if (round > 0) rounds.get(name)!.push(figures); // the first is for warming up
    }
  }
  const reference = medianOf(rounds.get('memory')!);
  for (const [name, figures] of rounds) console.log(describe(name, medianOf(figures), reference));
  for (const log of logs.values()) await log.close();
  await rm(directory, { recursive: true });
}

async function measure(log: EventLog): Promise<Figures> {
  const topic = `bench-${randomUUID()}`;
  await log.ensureTopics([{ name: topic, partitions: 4, cleanup: 'delete', retentionMs: 3_600_000 }]);
  const appendedMs = await timed(async () => {
    for (let start = 0; start < RECORDS; start += BATCH) await log.append(topic, recordsFrom(start, BATCH));
  });
  let received = 0;
  let reached = RECORDS;
  let tell: () => void = () => undefined;
  const onBatch = async ({ records }: { readonly records: readonly unknown[] }) => {
    received += records.length;
    if (received >= reached) tell();
  };
  let joinedAtMs = 0;
  const all = new Promise<void>((resolve) => (tell = resolve));
  const onFailure = (error: Error) => console.error(error);
  const onAssigned = async () => void (joinedAtMs = performance.now());
  const subscription = await log.subscribe({
    group: topic,
    topics: [topic],
    handler: { onAssigned, onBatch },
    onFailure,
  });
  await all;
  const consumedMs = performance.now() - joinedAtMs;
  const latencies: number[] = [];
  for (let single = 0; single < SINGLES; single++) {
    reached = received + 1;
    const delivered = new Promise<void>((resolve) => (tell = resolve));
    latencies.push(await timed(() => Promise.all([log.append(topic, recordsFrom(single, 1)), delivered])));
  }
  await subscription.close();
  latencies.sort((one, other) => one - other);
  return {
    appendPerSecond: (1_000 * RECORDS) / appendedMs,
    consumePerSecond: (1_000 * RECORDS) / consumedMs,
    latencyMedianMs: latencies[Math.floor(SINGLES / 2)]!,
    latencyP99Ms: latencies[Math.floor(SINGLES * 0.99)]!,
  };
}

function recordsFrom(start: number, count: number): OutgoingRecord[] {
  const value = Buffer.alloc(VALUE_BYTES, 'v');
  const headers = { ce_type: 'bench', ce_id: `${start}` };
  return Array.from({ length: count }, (_, index) => ({
    key: `stay-${(start + index) % STAYS}`,
    value,
    headers,
    timestampMs: Date.now(),
  }));
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await action();
  return performance.now() - startMs;
}

/** Each figure's median over the rounds. */
function medianOf(rounds: readonly Figures[]): Figures {
  const median = (name: keyof Figures) =>
    rounds.map((figures) => figures[name]).sort((a, b) => a - b)[rounds.length >> 1]!;
  return {
    appendPerSecond: median('appendPerSecond'),
    consumePerSecond: median('consumePerSecond'),
    latencyMedianMs: median('latencyMedianMs'),
    latencyP99Ms: median('latencyP99Ms'),
  };
}

function describe(name: string, figures: Figures, reference: Figures): string {
  const rate = (figure: 'appendPerSecond' | 'consumePerSecond') =>
    `${Math.round(figures[figure] / 1_000)} thousand/s (${(figures[figure] / reference[figure]).toFixed(2)} of memory)`;
  return (
    `${name}: append ${rate('appendPerSecond')}, consume ${rate('consumePerSecond')}, ` +
    `append to delivery median ${figures.latencyMedianMs.toFixed(2)} ms, p99 ${figures.latencyP99Ms.toFixed(2)} ms`
  );
}
