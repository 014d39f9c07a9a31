import { DAY_MS, HOUR_MS } from '#clinical';
import type { TrainingReference } from '#model';
import { ServiceLogger } from '#service';
import { MemoryBroker, MemoryEventLog, type OutgoingRecord } from '#stream';
import { encodeEvent, RISK_SCORE, topicLayout, TOPICS, type RiskScore } from '#wire';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { completedStay, outcomeRecord } from '../../../../test/support/training-set/completed-stays.js';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import { untrainedRelease } from '../../../../test/support/untrained-release.js';
import { readPolicy } from '../policy-file.js';
import { NotedShelf } from '../trainings/desk-trial.js';
import { ShelfUnavailable } from '../trainings/release-shelf.js';
import { driftPolicySchema } from './drift-policy.js';
import { DriftWatch, type DriftOutcome } from './drift-watch.js';
import { followScores } from './follow-scores.js';

/** Yesterday, since the log drops scores that are older than a week. */
const DAY = Math.floor(Date.now() / DAY_MS) - 1;

const REFERENCE: TrainingReference = {
  hours: { from: 4, to: 48 },
  windows: 100,
  signals: { 'heart-rate': { shareMissing: 0, values: 100, edges: [80], shares: [0.5, 0.5] } },
  risk: { values: 100, edges: [0.2], shares: [0.5, 0.5] },
};

function score(stayId: string, releaseId = 'untrained-spec', hours = 10): RiskScore {
  return {
    ...{
      stayId,
      site: 's',
      ward: 'w',
      bed: 'b',
      admittedAtMs: DAY * DAY_MS,
      windowStartMs: 0,
      dueAtMs: DAY * DAY_MS + hours * HOUR_MS,
    },
    ...{ windowDigest: 'd', releaseId, releaseStage: 'research', engine: 'onnx-cpu', contributions: [], imputed: [] },
    ...{ completeness: 0.5, shareImputed: 0.5, news2: { total: 0, parts: {}, missing: [] } },
    risk: { median: 0.3, low: 0.2, high: 0.4 },
    latest: [{ signal: 'heart-rate', value: 90, atMs: 0 }],
  };
}

function scoreRecord(data: RiskScore): OutgoingRecord {
  const { stayId: key, dueAtMs: timeMs } = data;
  return encodeEvent({ type: RISK_SCORE, source: '/spec', id: `${key}|${timeMs}`, key, timeMs }, data);
}

describe('the drift watch', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let release: Awaited<ReturnType<typeof untrainedRelease>>;
  let shelf: NotedShelf;
  let outcomes: DriftOutcome[];
  const log = new MemoryEventLog(new MemoryBroker());

  beforeEach(async () => {
    folder = await temporaryFolder();
    release = await untrainedRelease();
    shelf = new NotedShelf();
    shelf.served = { releaseId: 'untrained-spec', directory: release.path };
    outcomes = [];
  });
  afterEach(async () => {
    await release[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  async function giveReference(): Promise<void> {
    const path = join(release.path, 'manifest.json');
    await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, 'utf8')), reference: REFERENCE }));
  }

  async function watch(): Promise<DriftWatch> {
    const policy = await readPolicy('apps/trainer/policies/drift-1.json', driftPolicySchema);
    const drift = new DriftWatch({
      ...{ shelf, policy, path: join(folder.path, 'drift.json') },
      logger: new ServiceLogger({ service: 'trainer', level: 'silent' }),
      onOutcome: (outcome) => outcomes.push(outcome),
    });
    await drift.follow();
    return drift;
  }

  it('says when a release carries no reference, and when the registry has not answered', async () => {
    expect((await watch()).report()).toMatchObject({ releaseId: 'untrained-spec', reference: 'absent', flagged: [] });
    shelf.next = new ShelfUnavailable('away');
    const away = await watch();
    expect(away.report()).toMatchObject({ reference: 'unknown', days: [] });
    await giveReference();
    await away.follow();
    expect(away.report().reference).toBe('present');
  });

  it('follows scores and outcomes, each record with one outcome, and goes on where it was killed', async () => {
    await giveReference();
    await log.ensureTopics([TOPICS.riskScores, TOPICS.stayOutcomes].map((topic) => topicLayout(topic, 1)));
    const follow = (drift: DriftWatch) =>
      followScores({
        ...{ log, group: 'spec', onFailure: (error: Error) => outcomes.push(error.message as DriftOutcome) },
        take: (records) => drift.take(records),
        save: () => drift.save(),
      });
    const before = await watch();
    const first = await follow(before);
    const malformed = { ...scoreRecord(score('x')), value: Buffer.from('{') };
    await log.append(TOPICS.riskScores, [
      ...[scoreRecord(score('a')), scoreRecord(score('b')), scoreRecord(score('a', 'other')), malformed],
      { ...scoreRecord(score('a')), headers: {} },
    ]);
    await log.append(TOPICS.stayOutcomes, [
      outcomeRecord(completedStay('a', { outcome: 'died', outcomeKnownAtMs: (DAY + 1) * DAY_MS })),
    ]);
    await until(() => outcomes.length === 6);
    await first.flush();
    // taken in, but neither saved nor committed: a kill
    await log.append(TOPICS.riskScores, [scoreRecord(score('c'))]);
    await log.append(TOPICS.stayOutcomes, [
      outcomeRecord(completedStay('d', { outcome: 'unknown' })),
      outcomeRecord({ stayId: 'b', removed: 'withdrawn' }),
      outcomeRecord(completedStay('never')),
    ]);
    await until(() => outcomes.length === 10);
    await log.close();
    expect(outcomes.toSorted()).toEqual([
      ...['counted', 'counted', 'counted', expect.stringMatching(/counted|waiting/), 'malformed', 'other-release'],
      ...['outcome-unknown', 'removed', 'type-unknown', 'waiting'],
    ]);
    const after = await watch();
    expect(after.report()).toMatchObject({
      days: [
        { date: new Date(DAY * DAY_MS).toISOString().slice(0, 10), scores: 2, outcomes: 0 },
        { outcomes: 1, deaths: 1, expected: 0.3 },
      ],
    });
    // what the log delivers again counts once
    after.take([{ ...scoreRecord(score('a')), topic: TOPICS.riskScores, partition: 0, offset: 0n }]);
    after.take([{ ...scoreRecord(score('c')), topic: TOPICS.riskScores, partition: 0, offset: 5n }]);
    expect(after.report().days[0]).toMatchObject({ scores: 3 });
    expect(JSON.stringify(after.report())).not.toContain('stayId');
  });

  it('keeps the counts of its last start however often it looks while the registry takes its time', async () => {
    await giveReference();
    const before = await watch();
    before.take([{ ...scoreRecord(score('a')), topic: TOPICS.riskScores, partition: 0, offset: 0n }]);
    await before.save();
    shelf.next = new ShelfUnavailable('away');
    const after = await watch();
    const champion = shelf.champion.bind(shelf);
    let answer = (): void => undefined;
    shelf.championId = async () => 'untrained-spec';
    shelf.champion = async () => {
      shelf.champion = champion;
      await new Promise<void>((resolve) => (answer = resolve));
      return champion();
    };
    // one look waits for the bundle, another begins meanwhile
    const slow = after.follow();
    await Promise.resolve();
    const other = after.follow();
    for (let turn = 0; turn < 5_000 && after.report().reference !== 'present'; turn++) await new Promise(setImmediate);
    answer();
    await Promise.all([slow, other]);
    expect(after.report().days).toMatchObject([{ scores: 1 }]);
  });

  it('starts anew for another release, and leaves a damaged file aside', async () => {
    await giveReference();
    const drift = await watch();
    drift.take([{ ...scoreRecord(score('a')), topic: TOPICS.riskScores, partition: 0, offset: 0n }]);
    await drift.save();
    shelf.served = { releaseId: 'next', directory: release.path };
    await drift.follow();
    expect(drift.report()).toMatchObject({ releaseId: 'next', days: [] });
    await writeFile(join(folder.path, 'drift.json'), '{"days":');
    shelf.served = { releaseId: 'untrained-spec', directory: release.path };
    expect((await watch()).report()).toMatchObject({ reference: 'present', days: [] });
  });
});

/** Turns of the event loop until something holds, not for ever. */
async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; !holds(); turn++) {
    if (turn > 50_000) throw new Error(`it does not come to hold: ${holds.toString()}`);
    await new Promise(setImmediate);
  }
}
