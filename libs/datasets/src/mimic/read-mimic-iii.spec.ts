import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { HOUR_MS, MINUTE_MS } from '#clinical';
import { describe, expect, it } from '@jest/globals';
import { collectAll } from '../../../../test/support/collect-all.js';
import { describeWithData } from '../../../../test/support/describe-with-data.js';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import { readDataset } from '../read-dataset.js';
import type { ReadReport } from '../read-report.js';
import type { RecordedStay } from '../recorded-stay.js';

/** The official header of each table, as PhysioNet writes it: upper case and quoted. */
const HEADERS = {
  ICUSTAYS: 'ROW_ID,SUBJECT_ID,HADM_ID,ICUSTAY_ID,DBSOURCE,FIRST_CAREUNIT,INTIME,OUTTIME',
  PATIENTS: 'ROW_ID,SUBJECT_ID,GENDER,DOB',
  ADMISSIONS: 'ROW_ID,SUBJECT_ID,HADM_ID,DEATHTIME,ETHNICITY,HOSPITAL_EXPIRE_FLAG',
  CHARTEVENTS: 'ROW_ID,ICUSTAY_ID,ITEMID,CHARTTIME,STORETIME,VALUENUM,ERROR',
  LABEVENTS: 'ROW_ID,SUBJECT_ID,ITEMID,CHARTTIME,VALUE,VALUENUM,VALUEUOM',
  OUTPUTEVENTS: 'ROW_ID,ICUSTAY_ID,ITEMID,CHARTTIME,STORETIME,VALUE',
  PROCEDUREEVENTS_MV: 'ROW_ID,ICUSTAY_ID,ITEMID,STARTTIME,ENDTIME,STATUSDESCRIPTION',
} as const;

type Table = keyof typeof HEADERS;
type Rows = Partial<Record<Table, readonly string[]>>;

const PERSONS = ['1,10,M,2080-01-01 00:00:00', '2,20,F,1850-05-05 00:00:00', '3,30,F,2140-01-01 00:00:00'];
const ADMITTED = ['1,10,100,,WHITE - RUSSIAN,0', '2,20,200,2150-03-01 20:00:00,BLACK/AFRICAN AMERICAN,1'];
const STAYS = [
  '1,10,100,1001,carevue,MICU,2150-01-01 10:00:00,2150-01-03 10:00:00',
  '2,20,200,1002,metavision,CSRU,2150-03-01 10:00:00,2150-03-02 10:00:00',
];

async function read(rows: Rows, lowerCase = false): Promise<{ stays: RecordedStay[]; report: ReadReport }> {
  await using folder = await temporaryFolder();
  const all: Rows = {
    ICUSTAYS: STAYS,
    PATIENTS: PERSONS,
    ADMISSIONS: ADMITTED,
    CHARTEVENTS: [],
    LABEVENTS: [],
    ...rows,
  };
  for (const [table, lines] of Object.entries(all)) {
    const header = HEADERS[table as Table];
    const written = lowerCase ? header.toLowerCase() : header.replaceAll(/[A-Z_]+/g, '"$&"');
    await writeFile(join(folder.path, `${table}.csv.gz`), gzipSync(`${[written, ...lines].join('\n')}\n`));
  }
  const reading = readDataset({ id: 'mimic-iii', path: folder.path });
  return { stays: await collectAll(reading), report: reading.report };
}

const CHARTED = ['1,1001,211,2150-01-01 11:00:00,,80,', '2,1002,220045,2150-03-01 11:00:00,2150-03-01 11:20:00,90,0'];

function values(stay: RecordedStay | undefined): string[] {
  return (stay?.observations ?? []).map(
    ({ signal, value, source, effectiveAtMs, availableAtMs }) =>
      `${signal} ${value} ${source} ${effectiveAtMs / MINUTE_MS} ${availableAtMs / MINUTE_MS}`,
  );
}

describe('the stays of MIMIC-III', () => {
  it('have ages of which those over 89 are 90, our words for sex, ethnicity and unit, and end with death', async () => {
    const { stays, report } = await read({ CHARTEVENTS: CHARTED });
    expect(stays[0]).toMatchObject({
      stay: { stayId: 'mimic-iii-1001', ward: 'MICU', bed: '1001' },
      patientId: 'mimic-iii/10',
      endedAtMs: 48 * HOUR_MS,
      outcome: 'survived',
    });
    expect(stays[0]?.stay.static).toEqual({ ageYears: 70, sex: 'male', ethnicity: 'white', unitType: 'medical' });
    expect(stays[1]).toMatchObject({ endedAtMs: 10 * HOUR_MS, outcome: 'died' });
    expect(stays[1]?.stay.static).toMatchObject({ ageYears: 90, ethnicity: 'black', unitType: 'cardiac-surgery' });
    expect(report.notes.join()).toMatch(/no OUTPUTEVENTS: no urine.*no PROCEDUREEVENTS_MV/);
  });

  it('of one person share the person; who is under 16 or has no end is left out and counted', async () => {
    const { stays, report } = await read({
      ICUSTAYS: [
        ...STAYS,
        '3,10,100,1003,carevue,MICU,2150-01-05 10:00:00,2150-01-06 10:00:00',
        '4,30,300,1004,carevue,NICU,2150-01-05 10:00:00,2150-01-06 10:00:00',
        '5,10,100,1005,carevue,MICU,2150-01-07 10:00:00,',
      ],
      CHARTEVENTS: [
        ...CHARTED,
        '3,1003,211,2150-01-05 11:00:00,,81,',
        '4,1004,211,2150-01-05 11:00:00,,140,',
        '5,999,211,2150-01-05 11:00:00,,140,',
        '6,,211,2150-01-05 11:00:00,,140,',
      ],
    });
    expect(stays.map(({ stay, patientId }) => [stay.bed, patientId])).toEqual([
      ['1001', 'mimic-iii/10'],
      ['1002', 'mimic-iii/20'],
      ['1003', 'mimic-iii/10'],
    ]);
    expect(report.skippedStays).toMatchObject({ 'under-16': 1, 'malformed-stay': 1 });
    expect(report.skippedValues).toMatchObject({ 'stay-unknown': 1, 'outside-stay': 1 });
  });
});

describe('the charted values of MIMIC-III', () => {
  it('are read from CareVue and MetaVision, in Fahrenheit, as fraction and per cent, and are available when stored', async () => {
    const { stays } = await read({
      CHARTEVENTS: [
        '1,1001,678,2150-01-01 11:00:00,2150-01-01 11:30:00,98.6,',
        '2,1001,190,2150-01-01 12:00:00,,0.5,',
        '3,1001,51,2150-01-01 13:00:00,2150-01-01 12:40:00,120,',
        '4,1001,198,2150-01-01 14:00:00,,9,',
        '5,1002,223762,2150-03-01 11:00:00,2150-03-01 11:30:00,37,0',
        '6,1002,223835,2150-03-01 12:00:00,,60,0',
        '7,1002,220179,2150-03-01 13:00:00,,118,0',
      ],
    });
    expect(values(stays[0])).toEqual([
      'temperature 37 manual 60 90',
      'fio2 50 device 120 120',
      'systolic-pressure 120 arterial-line 180 180',
      'glasgow-coma-scale 9 manual 240 240',
    ]);
    expect(values(stays[1])).toEqual([
      'temperature 37 manual 60 90',
      'fio2 60 device 120 120',
      'systolic-pressure 118 cuff 180 180',
    ]);
  });

  it('sum up the three parts of the coma scale that were charted together, available with the last of them', async () => {
    const { stays, report } = await read({
      CHARTEVENTS: [
        '1,1002,220739,2150-03-01 11:00:00,2150-03-01 11:05:00,4,0',
        '2,1002,223900,2150-03-01 11:00:00,2150-03-01 11:09:00,1,0',
        '3,1002,223901,2150-03-01 11:00:00,2150-03-01 11:05:00,6,0',
        '4,1002,220739,2150-03-01 12:00:00,2150-03-01 12:05:00,4,0',
      ],
    });
    expect(values(stays[0])).toEqual(['glasgow-coma-scale 11 manual 60 69']);
    expect(report.skippedByName.get('incomplete-score glasgow-coma-scale')).toBe(1);
  });

  it('give the first height and weight of the first day as those at admission, and say who was ventilated', async () => {
    const { stays } = await read({
      CHARTEVENTS: [
        '1,1001,762,2150-01-01 15:00:00,,80,',
        '2,1001,762,2150-01-01 12:00:00,,82,',
        '3,1001,920,2150-01-01 12:00:00,,70,',
        '4,1001,682,2150-01-01 12:00:00,,450,',
        '5,1001,682,2150-01-01 13:00:00,,0,',
        '6,1002,226531,2150-03-01 11:00:00,,200,',
      ],
    });
    expect(stays[0]?.stay.static).toMatchObject({ heightCm: 177.8, weightKg: 82 });
    expect(values(stays[0])).toEqual([
      'mechanical-ventilation 1 device 120 120',
      'weight 82 manual 120 120',
      'weight 80 manual 300 300',
    ]);
    expect(stays).toHaveLength(1);
  });

  it('that are marked as error, empty, impossible, too early, too late or of another item are left out and counted', async () => {
    const { report } = await read({
      CHARTEVENTS: [
        ...CHARTED,
        '3,1001,211,2150-01-01 11:00:00,,300,1',
        '4,1001,211,2150-01-01 11:00:00,,,0',
        '5,1001,211,2150-01-01 11:00:00,,999,0',
        '6,1001,211,2150-01-01 09:00:00,,80,0',
        '7,1001,211,2150-01-03 11:00:00,,80,0',
        '8,1001,677,2150-01-01 11:00:00,,37,0',
        '9,1001,211,yesterday,,80,0',
      ],
    });
    expect(report.skippedValues).toMatchObject({
      'marked-as-error': 1,
      // Neither stay has a height or a weight.
      'unknown-value': 2 * 2 + 1,
      'impossible-value': 1,
      'before-admission': 1,
      'after-end': 1,
      'unknown-parameter': 1,
      'malformed-row': 1,
    });
    expect(report.skippedByName.get('unknown-value heart-rate')).toBe(1);
    expect(report.skippedByName.get('unknown-parameter items of chart that are not read')).toBe(1);
  });
});

describe('the laboratory results of MIMIC-III', () => {
  it('belong to the stay in which they were drawn, after a simulated delay, short for the analyser by the bed', async () => {
    const { stays, report } = await read({
      LABEVENTS: [
        '1,10,50983,2150-01-01 12:00:00,140,140,mEq/L',
        '2,10,50824,2150-01-01 12:00:00,139,139,mEq/L',
        '3,10,50983,2149-12-31 12:00:00,150,150,mEq/L',
        '4,77,50983,2150-01-01 12:00:00,150,150,mEq/L',
        '5,10,50960,2150-01-01 12:00:00,2.0,2.0,mg/dL',
        '6,10,50971,2150-01-01 12:00:00,4,4,mg/dL',
      ],
    });
    const lag = (value: number) => {
      const found = stays[0]!.observations.find((observation) => observation.value === value)!;
      return (found.availableAtMs - found.effectiveAtMs) / MINUTE_MS;
    };
    expect(stays[0]?.observations).toHaveLength(3);
    expect(lag(139)).toBeLessThan(15);
    expect(lag(140)).toBeGreaterThan(15);
    expect(lag(0.82288)).toBe(lag(140));
    expect(report.skippedByName.get('outside-stay sodium')).toBe(2);
    expect(report.skippedValues['unit-unknown']).toBe(1);
  });

  it('are no arterial gas when the specimen was venous', async () => {
    const { stays, report } = await read({
      LABEVENTS: [
        '1,10,50800,2150-01-01 12:00:00,VEN,,',
        '2,10,50821,2150-01-01 12:00:00,40,40,mm Hg',
        '3,10,50813,2150-01-01 12:00:00,2.1,2.1,mmol/L',
        '4,10,50800,2150-01-01 13:00:00,ART,,',
        '5,10,50821,2150-01-01 13:00:00,90,90,mm Hg',
        '6,10,50820,2150-01-01 13:00:00,7.4,7.4,units',
      ],
    });
    expect(
      values(stays[0])
        .map((text) => text.split(' ').slice(0, 2).join(' '))
        .sort(),
    ).toEqual(['arterial-ph 7.4', 'lactate 2.1', 'pao2 90']);
    expect(report.skippedByName.get('venous-specimen pao2')).toBe(1);
  });
});

describe('urine and ventilation of MIMIC-III', () => {
  it('adds up the urine of several ways that was charted for one moment, known with the last of them', async () => {
    const rows = [
      '40055,2150-01-01 11:00:00,2150-01-01 11:10:00,120',
      '40056,2150-01-01 11:00:00,2150-01-01 11:25:00,80',
    ];
    const more = ['40057,2150-01-01 11:00:00,,9000', '40055,2150-01-01 12:00:00,,30'];
    const { stays } = await read({ OUTPUTEVENTS: [...rows, ...more].map((row) => `1,1001,${row}`) });
    expect(values(stays[0])).toEqual(['urine-output 200 manual 60 85', 'urine-output 30 manual 120 120']);
  });

  it('are read where the tables are there; a ventilation is one a full hour until its end', async () => {
    const { stays, report } = await read(
      {
        OUTPUTEVENTS: ['1,1001,40055,2150-01-01 11:00:00,2150-01-01 11:10:00,120', '2,1001,1,2150-01-01 11:00:00,,5'],
        PROCEDUREEVENTS_MV: [
          '1,1001,225792,2150-01-01 11:30:00,2150-01-01 13:40:00,FinishedRunning',
          '2,1001,225792,2150-01-02 11:30:00,2150-01-02 13:40:00,Rewritten',
          '3,1001,225459,2150-01-02 11:30:00,2150-01-02 13:40:00,FinishedRunning',
        ],
      },
      true,
    );
    expect(values(stays[0])).toEqual([
      'urine-output 120 manual 60 70',
      'mechanical-ventilation 1 device 90 90',
      'mechanical-ventilation 1 device 150 150',
      'mechanical-ventilation 1 device 210 210',
    ]);
    expect(report.notes).toEqual([]);
    expect(report.skippedByName.get('marked-as-error mechanical-ventilation')).toBe(3);
    expect(report.skippedByName.get('unknown-parameter items of procedures that are not read')).toBe(1);
  });
});

describe('the folder of MIMIC-III', () => {
  it('says what it looked for, or which columns are missing', async () => {
    await using folder = await temporaryFolder();
    const readAll = () => collectAll(readDataset({ id: 'mimic-iii', path: folder.path }));
    await expect(readAll()).rejects.toThrow(/looked for ICUSTAYS.csv, PATIENTS.csv.*found an empty folder.*physionet/);
    await writeFile(join(folder.path, 'icustays.csv'), 'patientunitstayid,age\n');
    await expect(readAll()).rejects.toThrow(
      /icustays.csv lacks the columns icustay_id.*Take the file of MIMIC-III 1.4/,
    );
  });
});

describeWithData('the MIMIC-III demo as downloaded', ['mimic-iii-demo-1.4'], (path) => {
  it('has the stays, deaths and values that it is known to have', async () => {
    const reading = readDataset({ id: 'mimic-iii', path });
    const stays = await collectAll(reading);
    expect([stays.length, stays.filter(({ outcome }) => outcome === 'died').length]).toEqual([85, 29]);
    expect(reading.report.skippedStays).toMatchObject({ 'no-series': 1, 'under-16': 0 });
    expect(new Set(stays.map(({ patientId }) => patientId)).size).toBeLessThan(stays.length);
    // Worked out from the rows of stay 201006, admitted 2107-03-24 04:06:14, dead at 2107-03-30 12:00:00, CareVue.
    expect(stays[0]).toMatchObject({ stay: { bed: '201006', static: { ethnicity: 'asian' } }, outcome: 'died' });
    expect(stays[0]?.endedAtMs).toBe(Date.UTC(2107, 2, 30, 12) - Date.UTC(2107, 2, 24, 4, 6, 14));
    expect(stays[0]?.observations.find(({ signal }) => signal === 'heart-rate')).toMatchObject({
      value: 100,
      effectiveAtMs: 3_226_000,
      availableAtMs: 4_426_000,
    });
    for (const { observations, endedAtMs = 0 } of stays) {
      expect(observations.at(-1)!.availableAtMs).toBeLessThanOrEqual(endedAtMs);
    }
  }, 120_000);
});
