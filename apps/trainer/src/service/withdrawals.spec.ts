import { ServiceLogger } from '#service';
import { EventLogError, MemoryBroker, MemoryEventLog } from '#stream';
import { stayDigest } from '#training-set';
import { decodeData, eventType, STAY_WITHDRAWN, stayWithdrawnSchema, topicLayout, TOPICS } from '#wire';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { collectAll } from '../../../../test/support/collect-all.js';
import { completedStay, outcomeRecord } from '../../../../test/support/training-set/completed-stays.js';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import { untrainedRelease } from '../../../../test/support/untrained-release.js';
import { LoneRelease } from '../trainings/release-shelf.js';
import { createTrainer, type RunningTrainer } from './create-trainer.js';

const NOW_MS = Date.UTC(2026, 10, 1);
const TOKEN = 'a-token-of-some-length';

describe('POST /withdrawals', () => {
  const open: AsyncDisposable[] = [];
  const lines: string[] = [];
  let log: MemoryEventLog;
  let trainer: RunningTrainer;

  beforeEach(async () => {
    const [folder, release] = [await temporaryFolder(), await untrainedRelease()];
    log = new MemoryEventLog(new MemoryBroker(() => NOW_MS));
    await log.ensureTopics([topicLayout(TOPICS.stayOutcomes, 1)]);
    await log.append(TOPICS.stayOutcomes, [outcomeRecord(completedStay('person-1'))]);
    trainer = await createTrainer({
      ...{ log, directory: join(folder.path, 'trainer'), partitions: 1, nowMs: () => NOW_MS + 0.5 },
      logger: new ServiceLogger({
        service: 'trainer',
        destination: { write: (line: string) => void lines.push(line) },
      }),
      shelf: new LoneRelease({ releaseId: 'untrained-spec', directory: release.path }),
      http: { host: '127.0.0.1', port: 0, token: TOKEN },
      onFailure: (error) => {
        throw error;
      },
    });
    const stop = async (): Promise<void> => {
      await trainer.stop();
      await log.close();
    };
    open.push(folder, release, { [Symbol.asyncDispose]: stop });
  });
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one[Symbol.asyncDispose]();
    lines.length = 0;
  });

  async function ask(body: unknown, token = TOKEN): Promise<[number, Record<string, unknown>]> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const answer = await fetch(`${trainer.url}/withdrawals`, { method: 'POST', headers, body: JSON.stringify(body) });
    return [answer.status, (await answer.json()) as Record<string, unknown>];
  }

  it('puts a withdrawal on the log and says what will happen', async () => {
    const asked = { stayId: 'person-1', by: 'ward lead', why: 'asked by letter' };
    expect(await ask(asked)).toEqual([
      202,
      expect.objectContaining({ stayId: 'person-1', atMs: NOW_MS, trainingSet: 'held' }),
    ]);
    expect((await ask({ stayId: 'nobody', by: 'ward lead', reason: 'retention' }))[1]).toMatchObject({
      ...{ trainingSet: 'not-held', next: expect.stringContaining('look whether the id is right') },
    });
    const records = await collectAll(log.readToEnd(TOPICS.bedsideEvents));
    expect(
      records.map(({ key, headers, value }) => [key, eventType(headers), decodeData(stayWithdrawnSchema, value)]),
    ).toEqual([
      ['person-1', STAY_WITHDRAWN, { ok: true, data: { stayId: 'person-1', reason: 'consent', atMs: NOW_MS } }],
      ['nobody', STAY_WITHDRAWN, { ok: true, data: { stayId: 'nobody', reason: 'retention', atMs: NOW_MS } }],
    ]);
  });

  it('notes who and why, and names no stay', async () => {
    await ask({ stayId: 'person-1', by: 'ward lead', why: 'asked by letter' });
    const line = JSON.parse(lines.find((one) => one.includes('a stay was withdrawn'))!) as object;
    expect(line).toMatchObject({ by: 'ward lead', why: 'asked by letter', stayDigest: stayDigest('person-1') });
    expect(lines.join()).not.toContain('person-1');
  });

  it.each([
    [{}, 'stayId'],
    [{ stayId: 'person-1' }, 'by'],
    [{ stayId: '', by: 'ward lead' }, 'stayId'],
    [{ stayId: 'x'.repeat(65), by: 'ward lead' }, 'stayId'],
    [{ stayId: 'person-1', by: ' ' }, 'by'],
    [{ stayId: 'person-1', by: 'ward lead', reason: 'whim' }, 'reason'],
    [{ stayId: 'person-1', by: 'ward lead', stay: 'person-2' }, 'stay'],
    [['person-1'], 'the withdrawal'],
  ])('refuses %j in a sentence', async (body, named) => {
    const [status, { code, message }] = await ask(body);
    expect([status, code]).toEqual([400, 'bad-request']);
    expect(message).toContain(named);
    expect(message).toContain('expected { "stayId"');
    expect(await collectAll(log.readToEnd(TOPICS.bedsideEvents))).toEqual([]);
  });

  it('is not for strangers, and says when the log does not take it', async () => {
    const asked = { stayId: 'person-1', by: 'ward lead' };
    expect((await ask(asked, 'a-token-of-another'))[0]).toBe(401);
    log.append = () => Promise.reject(new EventLogError('unavailable', 'the broker is away'));
    expect(await ask(asked)).toEqual([
      503,
      { code: 'unavailable', message: 'the log did not take the withdrawal, ask again: the broker is away' },
    ]);
  });
});
