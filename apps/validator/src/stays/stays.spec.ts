import { describe, expect, it } from '@jest/globals';
import { createWriteStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import { HOUR_MS } from '#clinical';
import type { LogRecord } from '#stream';
import { ADMISSION_CANCELLED, DISCHARGE_CANCELLED, STAY_ENDED, STAY_MERGED } from '#wire';
import { collectAll } from '../../../../test/support/collect-all.js';
import { writeMadeUpChallenge } from '../../../../test/support/made-up-challenge.js';
import {
  ADMITTED_AT_MS,
  admission,
  event,
  logged,
  observation,
} from '../../../../test/support/scorer/bedside-records.js';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import { chosenStays, emptyCount, type StayChoice } from './chosen-stays.js';
import { RecordedLives } from './facts-of-recording.js';

/** Packs the files of a set as PhysioNet does. */
async function packSet(set: string, into: string): Promise<void> {
  const archive = pack();
  for (const name of await readdir(set)) archive.entry({ name: `set/${name}` }, await readFile(join(set, name)));
  archive.finalize();
  await pipeline(archive, createGzip(), createWriteStream(into));
}

describe('chosenStays', () => {
  const STAYS = 40;
  const trained = { releaseId: 'trained', training: { datasets: [{ id: 'challenge-2012', stays: 6_000 }] } };
  const fresh = { releaseId: 'fresh', training: undefined };

  async function read(more: Partial<StayChoice>, releases = [trained, fresh]) {
    await using folder = await temporaryFolder();
    await writeMadeUpChallenge(folder.path, STAYS);
    const count = emptyCount(releases);
    const choice = {
      name: 'challenge-2012',
      path: folder.path,
      maxHours: 48,
      maxStays: 1_000,
      includeSeen: false,
      ...more,
    };
    return { stays: await collectAll(chosenStays(choice, releases, count)), count };
  }

  it('leaves out what any release has seen, and says how many that were', async () => {
    const { stays, count } = await read({});
    const { weights, validation, unseen } = count.seen['trained']!;
    expect(weights).toBeGreaterThan(0);
    expect(validation).toBeGreaterThan(0);
    expect(weights + validation + unseen).toBe(STAYS);
    expect([stays.length, count.chosen, count.leftOutSeen]).toEqual([unseen, unseen, weights + validation]);
    expect(count.seen['fresh']).toEqual({ weights: 0, validation: 0, unseen: STAYS });
    expect(count.seenOfChosen['trained']).toEqual({ weights: 0, validation: 0, unseen });
  });

  it('takes them when asked to, and no more stays than asked for', async () => {
    const all = await read({ includeSeen: true });
    expect(all.stays).toHaveLength(STAYS);
    expect(all.count.seenOfChosen['trained']).toEqual(all.count.seen['trained']);
    expect((await read({ maxStays: 3 })).stays).toHaveLength(3);
  });

  it('takes so many stays of each data set, not of all together', async () => {
    await using folder = await temporaryFolder();
    await writeMadeUpChallenge(folder.path, 5);
    const count = emptyCount([]);
    const choice = { name: 'challenge-2012', path: folder.path, maxHours: 48, maxStays: 3, includeSeen: true };
    const shipped = { ...choice, name: 'recordings', path: join('test', 'recordings') };
    const first = await collectAll(chosenStays(choice, [], count));
    const second = await collectAll(chosenStays(shipped, [], count));
    expect([first.length, second.length, count.chosen]).toEqual([3, 3, 6]);
  });

  it('reads every part by itself, packed or not, so that what was never read is not taken for seen', async () => {
    await using folder = await temporaryFolder();
    await writeMadeUpChallenge(folder.path, STAYS);
    await packSet(join(folder.path, 'set-a'), join(folder.path, 'set-c.tar.gz'));
    const trainedOnA = {
      releaseId: 'trained',
      training: { datasets: [{ id: 'challenge-2012', stays: STAYS, parts: ['set-a'] }] },
    };
    const count = emptyCount([trainedOnA]);
    const choice = { name: 'challenge-2012', path: folder.path, maxHours: 48, maxStays: 1_000, includeSeen: false };
    const stays = await collectAll(chosenStays(choice, [trainedOnA], count));
    expect(count.read).toBe(2 * STAYS);
    expect(stays.filter(({ recorded }) => recorded.stay.ward === 'set-c')).toHaveLength(STAYS);
    expect(stays.filter(({ recorded }) => recorded.stay.ward === 'set-a').length).toBeLessThan(STAYS / 2);
  });

  it('takes every stay where no release was trained on the data set', async () => {
    expect((await read({}, [fresh])).stays).toHaveLength(STAYS);
  });

  it('knows death to a day, and no earlier than the recording ends', async () => {
    const { stays } = await read({ includeSeen: true, maxStays: 2 });
    const [died, survived] = stays.map(({ facts }) => facts);
    expect(died).toMatchObject({ died: true, endHours: 5 * 24 });
    expect(survived).toMatchObject({ died: false, endHours: survived!.recordedHours });
    expect(survived!.recordedHours).toBeLessThanOrEqual(48);
  });

  it('knows when a stay ended though only its first hours are replayed', async () => {
    const { stays } = await read({ includeSeen: true, maxStays: 2, maxHours: 8 });
    expect(stays.map(({ recorded }) => recorded.endedAtMs! / HOUR_MS)).toEqual([8, 8]);
    expect(stays.map(({ facts }) => [facts.endHours, facts.recordedHours])).toEqual([
      [5 * 24, 8],
      [48, 8],
    ]);
  });
});

describe('RecordedLives', () => {
  const ended = (stayId: string, hours: number, outcome?: string) =>
    event(STAY_ENDED, stayId, ADMITTED_AT_MS + hours * HOUR_MS, {
      ...{ stayId, endedAtMs: ADMITTED_AT_MS + hours * HOUR_MS },
      ...(outcome === undefined ? {} : { outcome }),
    });

  function factsOf(records: readonly LogRecord[]) {
    const lives = new RecordedLives();
    records.forEach((record) => lives.take(record));
    return lives.facts();
  }

  it('tells how stays ended, as it is known at the end of the recording', () => {
    const facts = factsOf(
      logged([
        ...['a', 'b', 'c', 'd', 'e'].map((stayId) => admission(stayId)),
        observation('a', 3 * HOUR_MS),
        ended('a', 4, 'died'),
        ended('b', 5),
        ended('c', 6, 'survived'),
        event(DISCHARGE_CANCELLED, 'c', ADMITTED_AT_MS + 7 * HOUR_MS, { stayId: 'c', atMs: 0 }),
        event(ADMISSION_CANCELLED, 'd', ADMITTED_AT_MS, { stayId: 'd', atMs: 0 }),
        event(STAY_MERGED, 'e', ADMITTED_AT_MS, { stayId: 'e', survivorStayId: 'a', atMs: 0 }),
        observation('f', HOUR_MS),
      ]),
    );
    expect([...facts.keys()]).toEqual(['a', 'b', 'c']);
    expect(facts.get('a')).toEqual({ stayId: 'a', patientId: 'a', died: true, endHours: 4, recordedHours: 4 });
    expect(facts.get('b')).toEqual({ stayId: 'b', patientId: 'b', endHours: 5, recordedHours: 5 });
    expect(facts.get('c')).toEqual({ stayId: 'c', patientId: 'c', endHours: 7, recordedHours: 7 });
  });
});
