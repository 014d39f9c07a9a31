import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HOUR_MS } from '#clinical';
import { describe, expect, it } from '@jest/globals';
import { collectAll } from '../../../../test/support/collect-all.js';
import { describeWithData } from '../../../../test/support/describe-with-data.js';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import { readDataset } from '../read-dataset.js';

const HEADER = 'HR|Temp|FiO2|Magnesium|Potassium|EtCO2|Age|Gender|Unit1|Unit2|HospAdmTime|ICULOS|SepsisLabel';

async function read(records: Readonly<Record<string, readonly string[]>>, header = HEADER) {
  await using folder = await temporaryFolder();
  await mkdir(join(folder.path, 'training', 'training_setB'), { recursive: true });
  for (const [id, rows] of Object.entries(records)) {
    await writeFile(join(folder.path, 'training', 'training_setB', `${id}.psv`), `${[header, ...rows].join('\n')}\n`);
  }
  const reading = readDataset({ id: 'challenge-2019', path: folder.path });
  return { stays: await collectAll(reading), report: reading.report };
}

describe('Challenge 2019', () => {
  it('makes the k-th row known at the end of the k-th hour, and gives no outcome', async () => {
    const { stays, report } = await read({
      p1: ['80|NaN|NaN|NaN|NaN|NaN|61|1|1|0|-3|2|0', '82|36.9|NaN|NaN|NaN|NaN|61|1|1|0|-3|3|1'],
    });
    expect(stays).toHaveLength(1);
    expect(stays[0]).toMatchObject({
      stay: { stayId: 'c2019-p1', ward: 'training_setB', static: { ageYears: 61, sex: 'male', unitType: 'medical' } },
      patientId: 'challenge-2019/p1',
      endedAtMs: 3 * HOUR_MS,
    });
    expect(stays[0]).not.toHaveProperty('outcome');
    expect(
      stays[0]?.observations.map(({ signal, effectiveAtMs, availableAtMs }) => [
        signal,
        effectiveAtMs / HOUR_MS,
        availableAtMs / HOUR_MS,
      ]),
    ).toEqual([
      ['heart-rate', 1, 2],
      ['heart-rate', 2, 3],
      ['temperature', 2, 3],
    ]);
    expect(report).toMatchObject({ stays: 1, staysWithoutOutcome: 1 });
  });

  it('reads FiO2 as fraction or per cent and magnesium as mg/dL, and counts the impossible and the unknown', async () => {
    const { stays, report } = await read({
      p1: [
        'NaN|NaN|0.4|2.0|NaN|35|50|0|NaN|NaN|-3|1|0',
        'NaN|50|60|NaN|NaN|NaN|50|0|NaN|NaN|-3|2|0',
        'NaN|NaN|4000|NaN|x|NaN|50|0|NaN|NaN|-3|3|0',
        'NaN|NaN|-50|NaN|NaN|NaN|50|0|NaN|NaN|-3|12|0',
      ],
    });
    expect(stays[0]?.observations.map(({ signal, value }) => `${signal} ${value}`).sort()).toEqual([
      'fio2 40',
      'fio2 60',
      'magnesium 0.82288',
    ]);
    expect(stays[0]?.stay.static).toEqual({ ageYears: 50, sex: 'female' });
    expect(report.skippedByName).toEqual(
      new Map([
        ['unknown-parameter EtCO2', 1],
        ['impossible-value temperature', 1],
        ['impossible-value fio2', 2],
        ['malformed-row Potassium', 1],
        ['unknown-value unitType', 1],
      ]),
    );
  });

  it('counts the delay of a laboratory value from the end of its hour', async () => {
    const { stays } = await read({
      p1: ['NaN|NaN|NaN|NaN|4.1|NaN|50|0|1|0|-3|2|0', '80|NaN|NaN|NaN|NaN|NaN|50|0|1|0|-3|30|0'],
    });
    const potassium = stays[0]?.observations.find(({ signal }) => signal === 'potassium');
    expect(potassium?.effectiveAtMs).toBe(HOUR_MS);
    expect(potassium?.availableAtMs).toBeGreaterThan(2 * HOUR_MS);
  });

  it('leaves out who is under 16, who has no series and rows without an hour', async () => {
    const { stays, report } = await read({
      p1: ['80|NaN|NaN|NaN|NaN|NaN|15|1|1|0|-3|1|0'],
      p2: ['NaN|NaN|NaN|NaN|NaN|NaN|60|1|1|0|-3|1|0'],
      p3: ['80|NaN|NaN|NaN|NaN|NaN|60|1|1|0|-3|NaN|0', '80|NaN', '81|NaN|NaN|NaN|NaN|NaN|60|1|1|0|-3|1|0'],
    });
    expect(stays.map(({ stay }) => stay.stayId)).toEqual(['c2019-p3']);
    expect(report.skippedStays).toMatchObject({ 'under-16': 1, 'no-series': 1 });
    expect(report.skippedValues['malformed-row']).toBe(2);
  });

  it('does not take a person of unknown age for a child', async () => {
    const { stays, report } = await read({ p1: ['80|NaN|NaN|NaN|NaN|NaN||1|1|0|-3|1|0'] });
    expect(stays.map(({ stay }) => stay.static)).toEqual([{ sex: 'male', unitType: 'medical' }]);
    expect(report.skippedByName).toEqual(new Map([['unknown-value ageYears', 1]]));
  });

  it('says which columns are missing, which parts there are and where to get the files', async () => {
    await expect(read({ p1: ['1|2'] }, 'HR|Pulse')).rejects.toThrow(
      /training_setB p1 lacks the columns Age, Gender.*"HR\|Pulse"/,
    );
    await using folder = await temporaryFolder();
    const readAll = (parts?: string[]) =>
      collectAll(readDataset({ id: 'challenge-2019', path: folder.path, ...(parts === undefined ? {} : { parts }) }));
    await expect(readAll()).rejects.toThrow(/looked for the unpacked folders training_setA.*physionet/);
    await mkdir(join(folder.path, 'training_setA'));
    await expect(readAll(['training_setB'])).rejects.toThrow(/no part training_setB.*there are training_setA/);
  });
});

describeWithData('Challenge 2019 as downloaded', ['challenge-2019'], (path) => {
  it('gives the stays of its part of set B, none with an outcome', async () => {
    const reading = readDataset({ id: 'challenge-2019', path });
    let first;
    for await (const recorded of reading) {
      first ??= recorded;
      if (reading.report.stays === 500) break;
    }
    expect(first?.stay.bed).toMatch(/^p1000/);
    expect(reading.report).toMatchObject({ stays: 500, staysWithoutOutcome: 500 });
    expect(reading.report.observations).toBeGreaterThan(100_000);
  }, 60_000);
});
