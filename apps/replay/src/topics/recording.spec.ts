import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { MemoryBroker, MemoryEventLog, type LogRecord, type OutgoingRecord } from '#stream';
import { collectAll } from '../../../../test/support/collect-all.js';
import { SkippingClock } from '../../../../test/support/replay/skipping-clock.js';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import { readRecording, readRecordingHead } from './read-recording.js';
import { replayRecording } from './replay-recording.js';
import { writeRecording } from './write-recording.js';

const TOPIC = 'bedside-events';
const PARTITIONS = 3;

/** A log in memory that forgets nothing by age, with a topic of three partitions. */
async function logWith(records: readonly OutgoingRecord[]): Promise<MemoryEventLog> {
  const log = new MemoryEventLog(new MemoryBroker(() => 0));
  await log.ensureTopics([{ name: TOPIC, partitions: PARTITIONS, cleanup: 'delete', retentionMs: 1 }]);
  await log.append(TOPIC, records);
  return log;
}

function record(
  key: string,
  timestampMs: number,
  value: string | Uint8Array | null = `{"of":"${key}"}`,
): OutgoingRecord {
  return { key, timestampMs, value: typeof value === 'string' ? Buffer.from(value) : value, headers: { ce_id: key } };
}

/** Partition, offset and everything else of a record, in a form that compares. */
function plain({ value, offset, ...rest }: LogRecord): unknown {
  return { ...rest, offset: String(offset), value: value === null ? null : Buffer.from(value).toString('hex') };
}

function byPlace(records: readonly LogRecord[]): unknown[] {
  return records.toSorted((a, b) => a.partition - b.partition || Number(a.offset - b.offset)).map(plain);
}

const anyRecords = fc.array(
  fc.record({
    key: fc.constantFrom('a', 'b', 'c', 'd', 'é'),
    timestampMs: fc.nat({ max: 50 }),
    value: fc.option(
      fc.oneof(
        fc.uint8Array({ maxLength: 12 }),
        fc.json().map((text) => Buffer.from(text)),
      ),
    ),
    headers: fc.dictionary(fc.string({ minLength: 1, maxLength: 4 }), fc.string({ maxLength: 4 }), { maxKeys: 2 }),
  }),
  { maxLength: 30 },
);

describe('a recording of topics', () => {
  it('holds every record to the byte, with place, time and headers, in the order of each partition', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'topics.ndjson.gz');
    await fc.assert(
      fc.asyncProperty(anyRecords, async (records) => {
        const log = await logWith(records);
        expect(await writeRecording({ path, log, topics: [TOPIC], recordedAtMs: 7 })).toBe(records.length);
        const read = await collectAll(readRecording(path));
        expect(byPlace(read)).toEqual(byPlace(await collectAll(log.readToEnd(TOPIC))));
        for (const partition of [0, 1, 2]) {
          const offsets = read.filter((one) => one.partition === partition).map(({ offset }) => Number(offset));
          expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('stands in order of time over its partitions, and leaves out what is too old when asked to', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'topics.ndjson.gz');
    const records = [30, 10, 20, 40, 50, 60].map((timestampMs, at) => record(`stay-${at}`, timestampMs));
    const log = await logWith(records.toSorted((a, b) => a.timestampMs - b.timestampMs));
    await writeRecording({ path, log, topics: [TOPIC], recordedAtMs: 7, sinceMs: 20 });
    const times = (await collectAll(readRecording(path))).map(({ timestampMs }) => timestampMs);
    expect(times).toEqual([20, 30, 40, 50, 60]);
    expect(await readRecordingHead(path)).toEqual({
      ...{ format: 'vigil-topics', version: 1, recordedAtMs: 7 },
      topics: [{ name: TOPIC, partitions: 3 }],
    });
  });

  it('is replayed with keys, values, headers and times as they were, at the pace that is asked for', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'topics.ndjson.gz');
    const records = [0, 60_000, 60_000, 120_000].map((timestampMs, at) =>
      record(`stay-${at % 2}`, timestampMs, `${at}`),
    );
    await writeRecording({ path, log: await logWith(records), topics: [TOPIC], recordedAtMs: 7 });
    const target = await logWith([]);
    const clock = new SkippingClock(1_000);
    const { signal } = new AbortController();
    const replay = { path, log: target, topic: TOPIC, clock, speed: 60, signal };
    expect(await replayRecording(replay)).toBe(4);
    expect(byPlace(await collectAll(target.readToEnd(TOPIC)))).toEqual(
      byPlace(await collectAll((await logWith(records)).readToEnd(TOPIC))),
    );
    // Two minutes at sixty times the speed of life.
    expect(clock.sleptMs.reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(2_000, 6);
  });
});

describe('a bad recording', () => {
  /** The text of a good recording, changed, and what reading it says. */
  async function problemOf(change: (lines: string[]) => string[] | Buffer): Promise<string> {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'topics.ndjson.gz');
    const records = ['a', 'b', 'a', 'b'].map((key, at) => record(key, at));
    await writeRecording({ path, log: await logWith(records), topics: [TOPIC], recordedAtMs: 7 });
    const lines = gunzipSync(await readFile(path))
      .toString('utf8')
      .trimEnd()
      .split('\n');
    const changed = change(lines);
    await writeFile(path, Buffer.isBuffer(changed) ? changed : gzipSync(`${changed.join('\n')}\n`));
    return collectAll(readRecording(path)).then(
      () => 'read',
      (error: Error) => `${error.name}: ${error.message.replace(folder.path, '')}`,
    );
  }
  const edited = (line: string, change: object): string => JSON.stringify({ ...JSON.parse(line), ...change });

  it.each<[string, (lines: string[]) => string[] | Buffer, RegExp]>([
    [
      'cut in the gzip stream',
      (lines) => gzipSync(lines.join('\n')).subarray(0, 60),
      /is cut off: .* Copy or record it again/,
    ],
    ['without its end', (lines) => lines.slice(0, -1), /cut off after line 5: its end is missing/],
    ['cut within a line', (lines) => [...lines.slice(0, 3), lines[3]!.slice(0, 20)], /line 4: not JSON/],
    [
      'of another version',
      ([head, ...rest]) => [edited(head!, { version: 2 }), ...rest],
      /of version 2; this Vigil reads version 1/,
    ],
    ['of another format', ([head, ...rest]) => [edited(head!, { format: 'x' }), ...rest], /is no recording of topics/],
    ['without gzip', () => Buffer.from('{}\n'), /is no gzip file or is damaged/],
    ['empty', () => gzipSync(''), /cut off after line 0/],
    [
      'with a value changed',
      (lines) => lines.map((line, at) => (at === 2 ? edited(line, { v: 'other' }) : line)),
      /was changed after it was written/,
    ],
    [
      'with offsets out of order',
      ([head, one, two, three, ...rest]) => [head!, three!, two!, one!, ...rest],
      /partitions or recordings were mixed/,
    ],
    [
      'with a key in two partitions',
      (lines) =>
        lines.map((line, at) => (at === 3 ? edited(line, { p: (JSON.parse(line).p + 1) % 3, o: '99' }) : line)),
      /a key of bedside-events is in partitions \d and \d/,
    ],
    [
      'with a partition beyond the topic',
      (lines) => lines.map((line, at) => (at === 1 ? edited(line, { p: 9 }) : line)),
      /partition 9 of bedside-events is not among/,
    ],
    [
      'with a field that nobody knows',
      (lines) => lines.map((line, at) => (at === 1 ? edited(line, { x: 1 }) : line)),
      /line 2: .*x/,
    ],
    ['with lines after its end', (lines) => [...lines, lines[1]!], /line 7: more lines after the end/],
  ])('%s is refused with what to do', async (_, change, problem) => {
    const said = await problemOf(change);
    expect(said).toMatch(/^RecordingError: /);
    expect(said).toMatch(problem);
  });

  it('that is not there is named', async () => {
    await expect(collectAll(readRecording('/no/where.gz'))).rejects.toThrow('/no/where.gz is not there');
  });
});
