import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MemoryBroker, MemoryEventLog } from '#stream';
import { TOPICS } from '#wire';
import { describe, expect, it } from '@jest/globals';
import { collectAll } from '../../../test/support/collect-all.js';
import { SkippingClock } from '../../../test/support/replay/skipping-clock.js';
import { temporaryFolder } from '../../../test/support/temporary-folder.js';
import { replayCommand, type LogPlace } from './replay-command.js';
import { runCommand } from './run-command.js';

async function run(argv: readonly string[], environment: Record<string, string> = {}) {
  await using folder = await temporaryFolder();
  const clock = new SkippingClock(Date.UTC(2026, 2, 1));
  const broker = new MemoryBroker(() => clock.nowMs());
  const places: LogPlace[] = [];
  const shown: string[] = [];
  const errors: string[] = [];
  const command = replayCommand({
    clock: { nowMs: () => clock.nowMs(), sleep: (_, signal) => untilAborted(signal) },
    environment: { VIGIL_STATE: folder.path, ...environment },
    screen: { isTerminal: false, write: (text) => void shown.push(text) },
    openLog: (place) => {
      places.push(place);
      return Promise.resolve(new MemoryEventLog(broker));
    },
    onStop: () => undefined,
  });
  command.configureOutput({ writeErr: (text) => void errors.push(text), writeOut: (text) => void shown.push(text) });
  const code = await runCommand(command, argv, (problem) => errors.push(String(problem)));
  const log = new MemoryEventLog(broker);
  const records = code === 0 && places.length > 0 ? await collectAll(log.readToEnd(TOPICS.bedsideEvents)) : [];
  return { code, places, records, shown: shown.join(''), errors: errors.join('') };
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

describe('npm run replay', () => {
  it('replays the shipped recordings by itself and says what it did', async () => {
    const { code, records, shown } = await run(['--speed', 'max']);
    expect(code).toBe(0);
    expect(new Set(records.map(({ key }) => key)).size).toBe(12);
    expect(shown).toMatch(/finished \| stays 12 admitted, 12 ended of 12 \| events (\d+) of \1 \(100\.0 %\)/);
    expect(shown).toMatch(/recordings: stays 12/);
  });

  it('takes so many stays, with their prefix', async () => {
    const { records } = await run([
      '--synthetic',
      '9',
      '--stays',
      '2',
      '--speed',
      'max',
      '--prefix',
      'again-',
      '--quiet',
    ]);
    expect([...new Set(records.map(({ key }) => key))].sort()).toEqual([
      'again-synthetic-septic-deterioration-001',
      'again-synthetic-septic-recovery-002',
    ]);
  });

  it('opens Kafka when brokers are named, by flag before environment', async () => {
    const flags = ['--synthetic', '1', '--speed', 'max'];
    const environment = { KAFKA_BROKERS: 'a:1,b:2' };
    expect((await run(flags, environment)).places[0]?.brokers).toEqual(['a:1', 'b:2']);
    expect((await run([...flags, '--brokers', 'c:3'], environment)).places[0]?.brokers).toEqual(['c:3']);
    expect((await run(flags)).places[0]?.brokers).toBeUndefined();
  });

  it.each([
    [['--speed', 'warp']],
    [['--dataset', 'challenge-2012']],
    [['--anchor', 'yesterday']],
    [['--stays', '0']],
    [['--brokers', 'localhost']],
    [['--split', 'half']],
    [['--nonsense']],
  ])('exits with 2 for %j and opens nothing', async (argv) => {
    const { code, places, errors } = await run(argv);
    expect([code, places]).toEqual([2, []]);
    expect(errors).toMatch(/error: /);
  });

  it('exits with 2 where options of stays are given beside a recording, which would pass them over', async () => {
    const { code, places, errors } = await run([
      ...['--recording', 'topics.ndjson.gz', '--synthetic', '2'],
      ...['--resume', '--hours', '48', '--speed', 'max'],
    ]);
    expect([code, places]).toEqual([2, []]);
    expect(errors).toContain('does not go with --synthetic, --hours, --resume');
  });

  it('goes on only on the log on which it stopped', async () => {
    await using folder = await temporaryFolder();
    const flags = ['--synthetic', '1', '--speed', 'max', '--quiet'];
    const kept = ['--progress-file', join(folder.path, 'progress.json')];
    expect((await run([...flags, ...kept, '--brokers', 'a:1,b:2'])).code).toBe(0);
    expect((await run([...flags, ...kept, '--brokers', 'b:2,a:1', '--resume'])).records).toEqual([]);
    const { code, errors } = await run([...flags, ...kept, '--resume']);
    expect([code, errors]).toEqual([
      1,
      expect.stringMatching(/^The saved position is of another log \(Kafka a:1,b:2\)/),
    ]);
  });

  it('exits with 2 for a bad setting', async () => {
    const { code, errors } = await run([], { KAFKA_BROKERS: 'not a broker' });
    expect([code, /KAFKA_BROKERS/.test(errors)]).toEqual([2, true]);
  });

  it('exits with 1 and one sentence for a missing path or an unknown data set', async () => {
    const missing = await run(['--dataset', `challenge-2012=${join('no', 'where')}`]);
    expect(missing.code).toBe(1);
    expect(missing.errors).toMatch(/^challenge-2012: looked for .* found nothing there\. Download it from .*$/);
    const unknown = await run(['--dataset', 'mimic-9=x']);
    expect([unknown.code, unknown.errors]).toEqual([1, expect.stringMatching(/^There is no data set "mimic-9"\./)]);
  });

  it('exits with 1 for a part of a data set that is not read, instead of reading all of another', async () => {
    const { code, errors } = await run(['--synthetic', '1', '--part', 'set-a']);
    expect([code, errors]).toEqual([1, expect.stringMatching(/^The part "set-a" is of challenge-2012, which is not/)]);
  });

  it('exits with 1 and one sentence for a place that cannot be written', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'file');
    await writeFile(file, '');
    const { code, errors } = await run([
      ...['--synthetic', '1', '--stays', '1', '--speed', 'max', '--quiet'],
      ...['--progress-file', join(file, 'progress.json')],
    ]);
    expect([code, errors]).toEqual([
      1,
      `${file} cannot be read or written: it is a file and no folder (EEXIST). Give another place, or see to this one, and start again.`,
    ]);
  });

  it('explains itself', async () => {
    const { code, shown } = await run(['--help']);
    expect([code, /--speed <factor>/.test(shown)]).toEqual([0, true]);
  });
});
