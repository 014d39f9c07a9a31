import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { HOUR_MS, MINUTE_MS } from '#clinical';
import { describe, expect, it } from '@jest/globals';
import { collectAll } from '../../../../test/support/collect-all.js';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import { readDataset } from '../read-dataset.js';
import type { ReadReport } from '../read-report.js';
import type { RecordedStay } from '../recorded-stay.js';

const STAYS = ['stay_id,patient_id,ended_hours,age_years,sex,outcome,sofa', 'a,p1,30,70,female,died,9'];
const OBSERVATIONS = ['stay_id,signal,value,effective_hours', 'a,heart-rate,80,1.5'];

async function read(
  stays: readonly string[],
  observations: readonly string[],
): Promise<{ stays: RecordedStay[]; report: ReadReport }> {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, 'stays.csv'), `${stays.join('\n')}\n`);
  await writeFile(join(folder.path, 'observations.csv.gz'), gzipSync(`${observations.join('\n')}\n`));
  const reading = readDataset({ id: 'table', path: folder.path });
  return { stays: await collectAll(reading), report: reading.report };
}

describe('a data set in the table layout', () => {
  it('needs few columns; what is not there is unknown, and sources are the usual ones', async () => {
    const { stays } = await read(STAYS, [...OBSERVATIONS, 'a,potassium,4.2,2']);
    expect(stays).toHaveLength(1);
    expect(stays[0]).toMatchObject({
      stay: { stayId: 'a', site: 'table', ward: 'table', bed: 'a', static: { ageYears: 70, sex: 'female' } },
      datasetId: 'table',
      patientId: 'table/p1',
      endedAtMs: 30 * HOUR_MS,
      outcome: 'died',
      severityScores: { sofa: 9 },
    });
    const [pulse, potassium] = stays[0]!.observations;
    const at = 90 * MINUTE_MS;
    expect(pulse).toEqual({ signal: 'heart-rate', value: 80, effectiveAtMs: at, availableAtMs: at, source: 'monitor' });
    expect(potassium?.source).toBe('laboratory');
    expect(potassium?.availableAtMs).toBeGreaterThan(2 * HOUR_MS);
  });

  it('reads moments, with a zone or without, units, sources and when a value could be seen', async () => {
    const { stays } = await read(
      ['stay_id,patient_id,admitted_at,ended_at,outcome', 'a,p1,2026-03-01 08:00:00,2026-03-02T08:00:00Z,'],
      [
        'stay_id,signal,value,unit,effective_at,available_at,source',
        'a,temperature,98.6,[degF],2026-03-01 09:00:00,,manual',
        'a,sodium,140,,2026-03-01T10:00:00,2026-03-01 11:15:00,',
        'a,spo2,0.97,1,2026-03-01 14:00:00+02:00,2026-03-01 12:00:00,derived',
      ],
    );
    expect(stays[0]?.endedAtMs).toBe(24 * HOUR_MS);
    expect(stays[0]).not.toHaveProperty('outcome');
    expect(
      stays[0]?.observations.map(({ signal, value, effectiveAtMs, availableAtMs, source }) => [
        signal,
        value,
        effectiveAtMs / MINUTE_MS,
        availableAtMs / MINUTE_MS,
        source,
      ]),
    ).toEqual([
      ['temperature', 37, 60, 60, 'manual'],
      ['sodium', 140, 120, 195, 'laboratory'],
      ['spo2', 97, 240, 240, 'derived'],
    ]);
  });

  it('gives the same stays from Parquet', async () => {
    await using folder = await temporaryFolder();
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const write = (sql: string, table: string) =>
      connection.run(`COPY (${sql}) TO '${join(folder.path, table)}.parquet' (FORMAT parquet)`);
    await write(
      "SELECT 'a' AS stay_id, 'p1' AS patient_id, 30.0 AS ended_hours, 70 AS age_years, 'female' AS sex, 'died' AS outcome, 9 AS sofa",
      'stays',
    );
    await write(
      "SELECT 'a' AS stay_id, 'heart-rate' AS signal, 80::DOUBLE AS value, 1.5 AS effective_hours",
      'observations',
    );
    connection.closeSync();
    instance.closeSync();
    const stays = await collectAll(readDataset({ id: 'table', path: folder.path }));
    expect(stays).toEqual((await read(STAYS, OBSERVATIONS)).stays);
  });

  it('leaves out and counts what cannot be used', async () => {
    const { stays, report } = await read(
      [STAYS[0]!, STAYS[1]!, 'b,p2,30,15,male,died,', 'c,p3,0,50,male,died,', 'd,p4,5,50,male,died,'],
      [
        ...OBSERVATIONS,
        'a,mood,3,1',
        'a,,3,1',
        'a,heart-rate,fast,1',
        'a,heart-rate,80,soon',
        'a,heart-rate,0,1',
        'a,heart-rate,80,-1',
        'a,heart-rate,80,31',
        'z,heart-rate,80,1',
        'b,heart-rate,80,1',
        'a,heart-rate',
      ],
    );
    expect(stays.map(({ stay }) => stay.stayId)).toEqual(['a']);
    expect(report.skippedStays).toEqual({ 'no-series': 1, 'under-16': 1, 'malformed-stay': 1 });
    expect(report.skippedValues).toMatchObject({
      'unknown-parameter': 1,
      'empty-parameter-name': 1,
      'malformed-row': 3,
      'impossible-value': 1,
      'before-admission': 1,
      'after-end': 1,
      'stay-unknown': 1,
    });
  });

  it('leaves out a stay of which it is not said when it began, for nothing says how long it was', async () => {
    const { stays, report } = await read(
      ['stay_id,patient_id,admitted_at,ended_at', 'a,p1,2026-03-01,2026-03-02', 'b,p2,,2026-03-02', 'c,p3,2026-03-01,'],
      ['stay_id,signal,value,effective_hours', 'a,heart-rate,80,1', 'b,heart-rate,80,1', 'c,heart-rate,80,1'],
    );
    expect(stays.map(({ stay, endedAtMs }) => [stay.stayId, endedAtMs])).toEqual([['a', 24 * HOUR_MS]]);
    expect(report.skippedStays['malformed-stay']).toBe(2);
  });

  it.each([
    [
      ['stay_id,ended_hours', 'a,1'],
      OBSERVATIONS,
      /stays.csv lacks the columns patient_id; found stay_id, ended_hours/,
    ],
    [['stay_id,patient_id', 'a,p'], OBSERVATIONS, /stays.csv lacks the columns ended_hours and ended_at; expected one/],
    [
      ['stay_id,patient_id,ended_at', 'a,p,2026-03-01'],
      OBSERVATIONS,
      /lacks the column admitted_at, from which ended_at/,
    ],
    [STAYS, ['stay_id,signal', 'a,spo2'], /observations.csv.gz lacks the columns value/],
    [
      STAYS,
      ['stay_id,signal,value', 'a,spo2,97'],
      /observations.csv.gz lacks the columns effective_hours and effective_at/,
    ],
    [[STAYS[0]!, 'a,p1,30,70,F,died,'], OBSERVATIONS, /column sex holds "F" \(stay a\); expected one of female, male/],
    [[STAYS[0]!, 'a,p1,30,old,male,died,'], OBSERVATIONS, /column age_years holds "old" \(stay a\); expected a number/],
    [[STAYS[0]!, 'a,,30,70,male,died,'], OBSERVATIONS, /column patient_id holds "" \(stay a\); expected a text/],
    [[...STAYS, STAYS[1]!], OBSERVATIONS, /stay_id a stands there more than once/],
    [
      STAYS,
      ['stay_id,signal,value,effective_hours,source', 'a,spo2,97,1,nurse'],
      /column source holds "nurse" \(1 rows\)/,
    ],
  ])('refuses %j with %j', async (stays, observations, message) => {
    await expect(read(stays, observations)).rejects.toThrow(message);
  });

  it('says which files it looked for', async () => {
    await using folder = await temporaryFolder();
    await expect(collectAll(readDataset({ id: 'table', path: folder.path }))).rejects.toThrow(
      /looked for stays and observations, each as .csv, .csv.gz or .parquet .*found an empty folder/,
    );
  });
});
