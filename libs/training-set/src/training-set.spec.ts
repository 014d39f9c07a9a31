import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { appendFile, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DAY_MS, HOUR_MS } from '#clinical';
import { readDataset, TRAINING_SET_MARK, type RecordedStay } from '#datasets';
import type { CompletedStay } from '#wire';
import { collectAll } from '../../../test/support/collect-all.js';
import { temporaryFolder } from '../../../test/support/temporary-folder.js';
import { ADMITTED_AT_MS, completedStay, hourlyHeartRates } from '../../../test/support/training-set/completed-stays.js';
import type { TrainingSetChange } from './training-set-change.js';
import { TrainingSet } from './training-set.js';

const completed = (stay: CompletedStay): TrainingSetChange => ({ kind: 'completed', stay });
const withdrawn = (stayId: string): TrainingSetChange => ({ kind: 'removed', stayId, why: 'withdrawn', atMs: 3 });
const removed = (stayId: string): TrainingSetChange => ({
  kind: 'removed',
  stayId,
  why: 'discharge-cancelled',
  atMs: 3,
});

function read(path: string, parts?: string[]): Promise<RecordedStay[]> {
  return collectAll(readDataset({ id: 'local', path, ...(parts && { parts }) }));
}

async function ids(path: string): Promise<string[]> {
  return (await read(path)).map(({ stay }) => stay.stayId);
}

describe('a training set', () => {
  it('gives back the stays as they were recorded, with their dates', async () => {
    await using folder = await temporaryFolder();
    const set = await TrainingSet.open({ folder: folder.path });
    const dead = completedStay('b', { outcome: 'died', outcomeKnownAtMs: ADMITTED_AT_MS + 9 * DAY_MS, static: {} });
    const unknown = completedStay('c', { outcome: 'unknown' });
    delete (unknown as { outcomeKnownAtMs?: number }).outcomeKnownAtMs;
    expect(await set.apply([dead, completedStay('a'), unknown].map(completed))).toEqual(['stored', 'stored', 'stored']);
    const [a, b, c] = await read(folder.path);
    expect(a).toEqual({
      stay: {
        ...{ stayId: 'a', site: 's', ward: 'w', bed: 'b', admittedAtMs: ADMITTED_AT_MS },
        static: { ageYears: 61, sex: 'female' },
      },
      ...{ datasetId: 'local', patientId: 'local/a', endedAtMs: ADMITTED_AT_MS + 30 * HOUR_MS },
      ...{ outcome: 'survived', outcomeKnownAtMs: ADMITTED_AT_MS + 30 * HOUR_MS, observations: hourlyHeartRates(30) },
    });
    expect(b).toMatchObject({ outcome: 'died', outcomeKnownAtMs: ADMITTED_AT_MS + 9 * DAY_MS });
    expect(b!.stay.static).toEqual({});
    expect([c!.outcome, c!.outcomeKnownAtMs]).toEqual([undefined, undefined]);
    expect(set.summary()).toMatchObject({ stays: 3, deaths: 1, survivors: 1, unknown: 1, observations: 90 });
  });

  it('parts stays by the month of their end, UTC', async () => {
    await using folder = await temporaryFolder();
    const set = await TrainingSet.open({ folder: folder.path });
    const later = completedStay('later', { admittedAtMs: Date.UTC(2026, 9, 30, 18) });
    const edge = completedStay('edge', { admittedAtMs: Date.UTC(2026, 9, 30, 17, 59) });
    await set.apply([completed(later), completed(edge)]);
    expect(set.summary().months.map(({ month, stays }) => [month, stays])).toEqual([
      ['2026-10', 1],
      ['2026-11', 1],
    ]);
    expect((await read(folder.path, ['2026-11'])).map(({ stay }) => stay.stayId)).toEqual(['later']);
    await expect(read(folder.path, ['2025-01'])).rejects.toThrow('has no month "2025-01". It has 2026-10, 2026-11.');
  });

  it('moves a stay whose end was corrected to another month, and forgets one whose discharge was cancelled', async () => {
    await using folder = await temporaryFolder();
    const set = await TrainingSet.open({ folder: folder.path });
    await set.apply([completed(completedStay('a')), completed(completedStay('b'))]);
    const corrected = completedStay('a', { endedAtMs: Date.UTC(2026, 11, 2) });
    expect(await set.apply([completed(corrected), completed(corrected), removed('b'), removed('nobody')])).toEqual([
      ...['replaced', 'duplicate', 'removed', 'not-held'],
    ]);
    expect(set.summary().months.map(({ month }) => month)).toEqual(['2026-12']);
    expect(await ids(folder.path)).toEqual(['a']);
    expect((await readdir(folder.path)).filter((name) => name.startsWith('2026'))).toEqual(['2026-12.000001']);
  });

  it('keeps a withdrawn stay out for good, by a digest of its id', async () => {
    await using folder = await temporaryFolder();
    const set = await TrainingSet.open({ folder: folder.path });
    const stays = ['secret-pseudonym', 'other'].map((stayId) => completed(completedStay(stayId)));
    await set.apply(stays);
    expect(await set.apply([withdrawn('secret-pseudonym')])).toEqual(['withdrawn']);
    const again = await TrainingSet.open({ folder: folder.path });
    expect(await again.apply([...stays, withdrawn('secret-pseudonym')])).toEqual([
      'stays-out',
      'duplicate',
      'not-held',
    ]);
    expect(await ids(folder.path)).toEqual(['other']);
    const ledger = await readFile(join(folder.path, 'withdrawals.ndjson'), 'utf8');
    expect(ledger).toMatch(/^\{"stayDigest":"[0-9a-f]{64}","withdrawnAtMs":3\}\n$/);
    expect(ledger).not.toContain('secret');
  });

  it('leaves out what nothing can be learned from and what cannot be read', async () => {
    await using folder = await temporaryFolder();
    const set = await TrainingSet.open({ folder: folder.path });
    const weight = { ...hourlyHeartRates(1)[0]!, signal: 'weight' as const };
    const damaged = completedStay('c', { days: [{ day: 0, windowBase64: 'AAAA' }] });
    const changes = [completedStay('a', {}, []), completedStay('b', {}, [weight]), damaged].map(completed);
    expect(await set.apply(changes)).toEqual(['no-series', 'no-series', 'malformed']);
    expect(set.summary().months).toEqual([]);
    expect(await read(folder.path)).toEqual([]);
  });

  it('leaves out what became available after the end', async () => {
    await using folder = await temporaryFolder();
    const set = await TrainingSet.open({ folder: folder.path });
    await set.apply([completed(completedStay('a', { endedAtMs: ADMITTED_AT_MS + 5 * HOUR_MS }))]);
    const [stay] = await read(folder.path);
    expect(stay!.observations).toEqual(hourlyHeartRates(6));
  });

  it('can be frozen: the copy stays as it is', async () => {
    await using folder = await temporaryFolder();
    const set = await TrainingSet.open({ folder: join(folder.path, 'set') });
    await set.apply([completed(completedStay('a'))]);
    const copy = join(folder.path, 'copy');
    const frozen = await set.freeze(copy);
    await set.apply([completed(completedStay('b')), withdrawn('a')]);
    expect(await ids(copy)).toEqual(['a']);
    expect(await ids(join(folder.path, 'set'))).toEqual(['b']);
    expect(frozen.digest).not.toBe(set.summary().digest);
    await expect(set.freeze(copy)).rejects.toThrow('EEXIST');
  });
});

describe('equal logs give equal training sets', () => {
  it('to the byte, in whatever batches and however often the records come', async () => {
    const change = fc.record({
      stayId: fc.constantFrom('a', 'b', 'c'),
      kind: fc.constantFrom('completed' as const, 'died' as const, 'later' as const, 'removed' as const),
    });
    const asChange = ({ stayId, kind }: { stayId: string; kind: string }): TrainingSetChange => {
      if (kind === 'removed') return removed(stayId);
      const outcome = kind === 'died' ? ('died' as const) : ('survived' as const);
      const endedAtMs = ADMITTED_AT_MS + (kind === 'later' ? 40 * DAY_MS : 30 * HOUR_MS);
      return completed(completedStay(stayId, { outcome, endedAtMs }));
    };
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), fc.nat(5), async (drawn, cut) => {
        await using folder = await temporaryFolder();
        const changes = drawn.map(asChange);
        const whole = await TrainingSet.open({ folder: join(folder.path, 'whole') });
        await whole.apply(changes);
        const parted = await TrainingSet.open({ folder: join(folder.path, 'parted') });
        await parted.apply(changes.slice(0, cut));
        const again = await TrainingSet.open({ folder: join(folder.path, 'parted') });
        await again.apply(changes);
        expect(again.summary().digest).toBe(whole.summary().digest);
      }),
      { numRuns: 3 },
    );
  });
});

describe('a training set after a crash', () => {
  it('clears away what was half-written and old generations', async () => {
    await using folder = await temporaryFolder();
    const set = await TrainingSet.open({ folder: folder.path });
    await set.apply([completed(completedStay('a'))]);
    await mkdir(join(folder.path, '2026-10.000007.partial'));
    await rename(join(folder.path, '2026-10.000001'), join(folder.path, '2026-10.000002'));
    await mkdir(join(folder.path, '2026-10.000001'));
    await writeFile(join(folder.path, '2026-10.000001', 'stays.parquet'), 'old');
    const { path } = folder;
    await appendFile(join(path, 'withdrawals.ndjson'), '{"stayDig');
    const again = await TrainingSet.open({ folder: path });
    expect(await ids(path)).toEqual(['a']);
    expect((await readdir(path)).filter((name) => name.startsWith('2026'))).toEqual(['2026-10.000002']);
    expect(await again.apply([withdrawn('a')])).toEqual(['withdrawn']);
    expect((await TrainingSet.open({ folder: path })).isWithdrawn('a')).toBe(true);
  });

  it('takes a stay that stands in two months out of both, since its batch comes again', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'set');
    const set = await TrainingSet.open({ folder: path });
    const corrected = completed(completedStay('a', { endedAtMs: Date.UTC(2026, 11, 2) }));
    await set.apply([completed(completedStay('a')), completed(completedStay('b'))]);
    await set.freeze(join(folder.path, 'copy'));
    await set.apply([corrected]);
    await rename(join(folder.path, 'copy', '2026-10.000001'), join(path, '2026-10.000003'));
    const again = await TrainingSet.open({ folder: path });
    expect(await ids(path)).toEqual(['b']);
    expect(await again.apply([corrected])).toEqual(['stored']);
    expect(await ids(path)).toEqual(['b', 'a']);
  });

  it('says which file is damaged, and refuses what is no training set', async () => {
    await using folder = await temporaryFolder();
    const set = await TrainingSet.open({ folder: folder.path });
    await set.apply([completed(completedStay('a'))]);
    await appendFile(join(folder.path, '2026-10.000001', 'observations.parquet'), 'x');
    await expect(read(folder.path)).rejects.toThrow(/observations\.parquet is not the file whose digest/);
    await using foreign = await temporaryFolder();
    await writeFile(join(foreign.path, 'holiday.jpg'), '');
    await expect(TrainingSet.open({ folder: foreign.path })).rejects.toThrow('is no training set');
    await expect(read(foreign.path)).rejects.toThrow('is no training set');
  });

  it("deletes nothing in a folder that is not its own, and nobody else's files in its own", async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'film.mkv.partial'), 'somebody downloads this');
    await expect(TrainingSet.open({ folder: folder.path })).rejects.toThrow('is no training set');
    expect(await readdir(folder.path)).toEqual(['film.mkv.partial']);
    const own = join(folder.path, 'set');
    await TrainingSet.open({ folder: own });
    await writeFile(join(own, 'film.mkv.partial'), 'and this');
    await TrainingSet.open({ folder: own });
    expect((await readdir(own)).sort()).toEqual(['film.mkv.partial', TRAINING_SET_MARK]);
  });

  it('begins anew where its mark was half-written', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, `${TRAINING_SET_MARK}.partial`), '{"form');
    await TrainingSet.open({ folder: folder.path });
    expect(await readdir(folder.path)).toEqual([TRAINING_SET_MARK]);
    expect(await read(folder.path)).toEqual([]);
  });
});
