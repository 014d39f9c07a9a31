import { createWriteStream } from 'node:fs';
import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { collectAll } from '../../../../test/support/collect-all.js';
import { pack } from 'tar-stream';
import { describeWithData } from '../../../../test/support/describe-with-data.js';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import { DatasetError } from '../dataset-error.js';
import { readDataset, type FolderDataset } from '../read-dataset.js';
import type { RecordedStay } from '../recorded-stay.js';

const OUTCOMES = 'RecordID,SAPS-I,SOFA,Length_of_stay,Survival,In-hospital_death\n1,6,1,5,-1,0\n2,16,8,8,4,1\n';

function record(recordId: number, age = 60): string {
  return `Time,Parameter,Value\n00:00,RecordID,${recordId}\n00:00,Age,${age}\n00:10,HR,${70 + recordId}\n`;
}

async function writeArchive(path: string, files: Readonly<Record<string, string>>): Promise<void> {
  const archive = pack();
  archive.entry({ name: 'set-a/', type: 'directory' });
  for (const [name, text] of Object.entries(files)) archive.entry({ name }, text);
  archive.finalize();
  await pipeline(archive, createGzip(), createWriteStream(path));
}

async function readAll(options: Omit<FolderDataset, 'id'>): Promise<RecordedStay[]> {
  return collectAll(readDataset({ id: 'challenge-2012', ...options }));
}

describe('Challenge 2012', () => {
  it('reads packed and unpacked sets with their outcomes', async () => {
    await using folder = await temporaryFolder();
    const files = { 'set-a/1.txt': record(1), 'set-a/._2.txt': 'not a record', './set-a/2.txt': record(2) };
    await writeArchive(join(folder.path, 'set-a.tar.gz'), files);
    await mkdir(join(folder.path, 'set-b'));
    await writeFile(join(folder.path, 'set-b', '3.txt'), record(3));
    await writeFile(join(folder.path, 'Outcomes-a.txt'), OUTCOMES);
    const reading = readDataset({ id: 'challenge-2012', path: folder.path });
    const stays = await collectAll(reading);
    expect(stays.map(({ stay, outcome }) => [stay.stayId, stay.ward, outcome])).toEqual([
      ['c2012-1', 'set-a', 'survived'],
      ['c2012-2', 'set-a', 'died'],
      ['c2012-3', 'set-b', undefined],
    ]);
    expect(reading.report).toMatchObject({ stays: 3, staysWithoutOutcome: 1, observations: 3 });
  });

  it('reads only the parts asked for, and says which there are', async () => {
    await using folder = await temporaryFolder();
    for (const [set, id] of [
      ['set-a', 1],
      ['set-b', 2],
    ] as const) {
      await mkdir(join(folder.path, set));
      await writeFile(join(folder.path, set, `${id}.txt`), record(id));
    }
    const stays = await readAll({ path: folder.path, parts: ['set-b'] });
    expect(stays.map(({ stay }) => stay.bed)).toEqual(['2']);
    await expect(readAll({ path: folder.path, parts: ['set-c'] })).rejects.toThrow(/no part set-c .* set-a, set-b/);
  });

  it('reads set-c like the others, packed, with the outcomes of its own file', async () => {
    await using folder = await temporaryFolder();
    await writeArchive(join(folder.path, 'set-a.tar.gz'), { 'set-a/1.txt': record(1) });
    await writeArchive(join(folder.path, 'set-c.tar.gz'), { 'set-c/2.txt': record(2) });
    await writeFile(join(folder.path, 'Outcomes-a.txt'), 'RecordID,In-hospital_death\n2,0\n');
    await writeFile(join(folder.path, 'Outcomes-c.txt'), OUTCOMES);
    const [stay, ...more] = await readAll({ path: folder.path, parts: ['set-c'] });
    expect(more).toEqual([]);
    expect(stay).toMatchObject({
      stay: { stayId: 'c2012-2', ward: 'set-c' },
      outcome: 'died',
      severityScores: { 'saps-i': 16, sofa: 8 },
      survivalDays: 4,
      lengthOfStayDays: 8,
    });
  });

  it('leaves out who is under 16, and counts it', async () => {
    await using folder = await temporaryFolder();
    await mkdir(join(folder.path, 'set-a'));
    await writeFile(join(folder.path, 'set-a', '1.txt'), record(1, 15));
    await writeFile(join(folder.path, 'set-a', '2.txt'), record(2, 16));
    const reading = readDataset({ id: 'challenge-2012', path: folder.path });
    expect(await collectAll(reading)).toHaveLength(1);
    expect(reading.report.skippedStays['under-16']).toBe(1);
  });

  it('says what it looked for, what it found and where to get it', async () => {
    await using folder = await temporaryFolder();
    const missing = join(folder.path, 'nowhere');
    await expect(readAll({ path: missing })).rejects.toThrow(
      /looked for set-a.tar.gz.*nowhere"; found nothing.*physionet/,
    );
    await expect(readAll({ path: folder.path })).rejects.toThrow(/found an empty folder/);
    await writeFile(join(folder.path, 'holiday.jpg'), '');
    await expect(readAll({ path: folder.path })).rejects.toThrow(
      /found holiday.jpg\. Download it from https:\/\/physionet/,
    );
    await expect(readAll({ path: join(folder.path, 'holiday.jpg') })).rejects.toThrow(/found a file/);
  });

  it('says that an archive is damaged or an outcomes file foreign', async () => {
    await using folder = await temporaryFolder();
    const archive = join(folder.path, 'set-a.tar.gz');
    await writeArchive(archive, Object.fromEntries([1, 2, 3].map((id) => [`set-a/${id}.txt`, record(id)])));
    await truncate(archive, (await readFile(archive)).length - 40);
    await expect(readAll({ path: folder.path })).rejects.toThrow(DatasetError);
    await expect(readAll({ path: folder.path })).rejects.toThrow(/cannot be unpacked .* Download it again/);
    await writeFile(join(folder.path, 'Outcomes-a.txt'), 'name,mark\n');
    await expect(readAll({ path: folder.path })).rejects.toThrow(
      /"name,mark"; expected RecordID and In-hospital_death/,
    );
  });

  it('can be left early and read again from the start', async () => {
    await using folder = await temporaryFolder();
    await writeArchive(join(folder.path, 'set-a.tar.gz'), { 'set-a/1.txt': record(1), 'set-a/2.txt': record(2) });
    const reading = readDataset({ id: 'challenge-2012', path: folder.path });
    for await (const recorded of reading) {
      expect(recorded.stay.bed).toBe('1');
      break;
    }
    expect(await collectAll(reading)).toHaveLength(2);
    expect(reading.report.stays).toBe(2);
  });
});

describeWithData('Challenge 2012 as downloaded', ['challenge-2012'], (path) => {
  it('brings SAPS-I and SOFA, and counts who died after leaving hospital among the survivors', async () => {
    const first = [];
    for await (const recorded of readDataset({ id: 'challenge-2012', path, parts: ['set-a'] })) {
      first.push(recorded);
      if (first.length === 6) break;
    }
    expect(first[0]).toMatchObject({
      outcome: 'survived',
      severityScores: { 'saps-i': 6, sofa: 1 },
      lengthOfStayDays: 5,
    });
    expect(first[0]?.survivalDays).toBeUndefined();
    expect(first.find(({ survivalDays }) => survivalDays !== undefined)).toMatchObject({
      stay: { bed: '132543' },
      outcome: 'survived',
      survivalDays: 575,
    });
  }, 60_000);

  it('has the stays, deaths and impossible values that its first records are known to have', async () => {
    const reading = readDataset({ id: 'challenge-2012', path, parts: ['set-a'] });
    let died = 0;
    for await (const { outcome } of reading) {
      died += outcome === 'died' ? 1 : 0;
      if (reading.report.stays === 400) break;
    }
    expect(died).toBe(52);
    expect(reading.report).toMatchObject({ staysWithoutOutcome: 0, observations: 178_335 });
    expect(reading.report.skippedValues).toMatchObject({
      'impossible-value': 156,
      'unknown-value': 212,
      'after-end': 372,
    });
  }, 120_000);
});
