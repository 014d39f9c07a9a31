import { readFile, truncate, writeFile } from 'node:fs/promises';
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

const PATIENT =
  'patientunitstayid,gender,age,ethnicity,hospitalid,wardid,apacheadmissiondx,admissionheight,hospitaldischargestatus,unittype,admissionweight,unitdischargeoffset,uniquepid';
const PERIODIC =
  'vitalperiodicid,patientunitstayid,observationoffset,temperature,sao2,heartrate,respiration,systemicsystolic,systemicdiastolic,systemicmean';
const APERIODIC =
  'vitalaperiodicid,patientunitstayid,observationoffset,noninvasivesystolic,noninvasivediastolic,noninvasivemean';
const LAB =
  'labid,patientunitstayid,labresultoffset,labtypeid,labname,labresult,labmeasurenamesystem,labresultrevisedoffset';

const SCORES = 'apachepatientresultsid,patientunitstayid,apacheversion,predictedhospitalmortality';

interface Rows {
  readonly patient: readonly string[];
  readonly vitalPeriodic?: readonly string[];
  readonly vitalAperiodic?: readonly string[];
  readonly lab?: readonly string[];
  readonly apachePatientResult?: readonly string[];
}

/** A person of 60 years, 3,000 minutes in a medical unit, alive at discharge. */
const STAY_1 = '1,Male,60,Caucasian,59,91,"Rhythm, atrial",170,Alive,MICU,80,3000,p-1';

async function read(
  rows: Rows,
  id: 'eicu' | 'eicu-demo' = 'eicu-demo',
): Promise<{ stays: RecordedStay[]; report: ReadReport }> {
  await using folder = await temporaryFolder();
  const write = (table: string, header: string, lines: readonly string[] = []) =>
    writeFile(join(folder.path, `${table}.csv.gz`), gzipSync(`${[header, ...lines].join('\n')}\n`));
  await write('patient', PATIENT, rows.patient);
  await write('vitalPeriodic', PERIODIC, rows.vitalPeriodic);
  await write('vitalAperiodic', APERIODIC, rows.vitalAperiodic);
  await write('lab', LAB, rows.lab);
  if (rows.apachePatientResult !== undefined) await write('apachePatientResult', SCORES, rows.apachePatientResult);
  const reading = readDataset({ id, path: folder.path });
  return { stays: await collectAll(reading), report: reading.report };
}

function valuesOf(stay: RecordedStay | undefined, signal: string) {
  return (stay?.observations ?? []).filter((observation) => observation.signal === signal);
}

describe('the patient table of the eICU demo', () => {
  it('gives age "> 89" as 90, splits by person and takes the outcome in hospital', async () => {
    const { stays } = await read({
      patient: [
        STAY_1,
        '2,Female,> 89,African American,59,91,,160,Expired,Med-Surg ICU,50,3000,p-1',
        '3,,,Other/Unknown,59,91,,0.3,,Neuro ICU,515,3000,p-3',
      ],
      vitalPeriodic: ['1,1,5,,,70,,,,', '2,2,5,,,71,,,,', '3,3,5,,,72,,,,'],
    });
    expect(stays.map(({ stay, patientId, outcome }) => [stay.stayId, patientId, outcome])).toEqual([
      ['eicu-1', 'eicu-demo/p-1', 'survived'],
      ['eicu-2', 'eicu-demo/p-1', 'died'],
      ['eicu-3', 'eicu-demo/p-3', undefined],
    ]);
    expect(stays[1]?.stay.static).toEqual({
      ageYears: 90,
      sex: 'female',
      ethnicity: 'black',
      heightCm: 160,
      weightKg: 50,
      unitType: 'mixed',
    });
    expect(stays[2]?.stay.static).toEqual({ unitType: 'neuro' });
  });

  it('leaves out and counts who is under 16, stays without series and rows that are no stay', async () => {
    const { stays, report } = await read({
      patient: [
        STAY_1,
        STAY_1.replace('1,', '2,').replace('60', '15'),
        '3,Male,60,,,,,,,,,,p-3',
        STAY_1.replace('1,', '4,'),
      ],
      vitalPeriodic: ['1,1,5,,,70,,,,', '2,2,5,,,70,,,,', '3,99,5,,,70,,,,'],
    });
    expect(stays.map(({ stay }) => stay.stayId)).toEqual(['eicu-1']);
    expect(report.skippedStays).toEqual({ 'no-series': 1, 'under-16': 1, 'malformed-stay': 1 });
    expect(report.skippedValues['stay-unknown']).toBe(1);
  });
});

describe('the vital-sign tables of the eICU demo', () => {
  it('reads Celsius and Fahrenheit in one column', async () => {
    const { stays, report } = await read({
      patient: [STAY_1],
      vitalPeriodic: ['1,1,5,37.2,,,,,,', '2,1,10,98.6,,,,,,', '3,1,15,52,,,,,,'],
    });
    expect(valuesOf(stays[0], 'temperature').map(({ value }) => value)).toEqual([37.2, 37]);
    expect(report.skippedByName.get('impossible-value temperature')).toBe(1);
  });

  it('takes sao2 of the monitor for SpO2, at its minute, without delay', async () => {
    const { stays } = await read({ patient: [STAY_1], vitalPeriodic: ['1,1,7,,96,,,120,60,80'] });
    const atMs = 7 * MINUTE_MS;
    const expected = { value: 96, effectiveAtMs: atMs, availableAtMs: atMs, source: 'monitor' };
    expect(valuesOf(stays[0], 'spo2')).toEqual([{ signal: 'spo2', ...expected }]);
    expect(valuesOf(stays[0], 'systolic-pressure')[0]).toMatchObject({ value: 120, source: 'arterial-line' });
  });

  it('makes rows that were summed up by the hour available at the end of that hour, of unknown origin', async () => {
    const { stays } = await read({ patient: [STAY_1], vitalPeriodic: ['1,1,60,,,70,,120,,', '2,1,120,,,71,,,,'] });
    expect(
      valuesOf(stays[0], 'heart-rate').map(({ effectiveAtMs, availableAtMs }) => [effectiveAtMs, availableAtMs]),
    ).toEqual([
      [HOUR_MS, 2 * HOUR_MS],
      [2 * HOUR_MS, 3 * HOUR_MS],
    ]);
    expect(valuesOf(stays[0], 'systolic-pressure')[0]?.source).toBe('monitor');
  });

  it('puts together rows of a stay that lie apart and are out of order, and leaves out what was before admission', async () => {
    const { stays, report } = await read({
      patient: [STAY_1, STAY_1.replace('1,', '2,')],
      vitalAperiodic: ['1,1,50,120,60,80', '2,2,10,110,50,70', '3,1,20,0,55,', '4,1,-30,120,60,80', '5,1,x,120,60,80'],
    });
    expect(stays[0]?.observations.map(({ effectiveAtMs, source }) => [effectiveAtMs / MINUTE_MS, source])).toEqual([
      [0, 'manual'],
      [20, 'cuff'],
      [50, 'cuff'],
      [50, 'cuff'],
      [50, 'cuff'],
    ]);
    expect(stays).toHaveLength(2);
    expect(report.skippedValues).toMatchObject({ 'before-admission': 3, 'impossible-value': 1, 'malformed-row': 1 });
  });

  it('leaves out what was measured after the stay', async () => {
    const { stays, report } = await read({
      patient: [STAY_1],
      vitalPeriodic: ['1,1,3000,,,70,,,,', '2,1,3001,,,71,,,,'],
    });
    expect(valuesOf(stays[0], 'heart-rate')).toHaveLength(1);
    expect(report.skippedValues['after-end']).toBe(1);
  });
});

describe('the laboratory table of the eICU demo', () => {
  it('takes a later revision as the moment of availability, and simulates the delay where there is none', async () => {
    const { stays } = await read({
      patient: [STAY_1],
      lab: ['1,1,65,1,sodium,140,mmol/L,122', '2,1,65,1,potassium,4.1,mmol/L,65', '3,1,65,1,glucose,110,mg/dL,'],
    });
    expect(valuesOf(stays[0], 'sodium')[0]?.availableAtMs).toBe(122 * MINUTE_MS);
    for (const signal of ['potassium', 'glucose']) {
      expect(valuesOf(stays[0], signal)[0]?.availableAtMs).toBeGreaterThan(66 * MINUTE_MS);
    }
  });

  it('counts the delay of hourly values from the end of their hour', async () => {
    const { stays } = await read({ patient: [STAY_1], lab: ['1,1,60,7,paO2,90,mm Hg,60', '2,1,120,7,pH,7.4,,120'] });
    const [gas] = valuesOf(stays[0], 'pao2');
    expect(gas?.effectiveAtMs).toBe(HOUR_MS);
    expect(gas?.availableAtMs).toBeGreaterThan(2 * HOUR_MS);
  });

  it('converts units, reads FiO2 as fraction or per cent, and counts what it does not know', async () => {
    const { stays, report } = await read({
      patient: [STAY_1],
      lab: [
        '1,1,5,1,magnesium,2.0,mg/dL,5',
        '2,1,6,1,WBC x 1000,11,K/mcL,6',
        '3,1,7,7,FiO2,0.5,%,7',
        '4,1,8,7,FiO2,60,%,8',
        '5,1,9,1,potassium,4.1,mg/dL,9',
        '6,1,9,1,moonstone,4.1,mg/dL,9',
        '7,1,9,1,,4.1,mg/dL,9',
        '8,1,9,1,sodium,,mmol/L,9',
      ],
    });
    const values = stays[0]?.observations.map(({ signal, value }) => [signal, value]);
    expect(values).toEqual(
      expect.arrayContaining([
        ['magnesium', 0.82288],
        ['white-cells', 11],
        ['fio2', 50],
        ['fio2', 60],
      ]),
    );
    expect(report.skippedValues).toMatchObject({
      'unit-unknown': 1,
      'unknown-parameter': 1,
      'empty-parameter-name': 1,
      'unknown-value': 1,
    });
  });
});

describe('the whole eICU-CRD', () => {
  it('is read like the demo under its own name, and its persons keep their part of the split', async () => {
    const rows = { patient: [STAY_1], vitalPeriodic: ['1,1,7,,96,,,120,60,80'] };
    const [whole, demo] = [(await read(rows, 'eicu')).stays, (await read(rows)).stays];
    expect(whole[0]).toMatchObject({ datasetId: 'eicu', stay: { site: 'eicu', stayId: 'eicu-1' } });
    expect(whole[0]?.patientId).toBe(demo[0]?.patientId);
    expect(whole[0]?.observations).toEqual(demo[0]?.observations);
  });

  it('brings the mortality that APACHE IVa predicts; -1 and other versions are none', async () => {
    const { stays } = await read({
      patient: [STAY_1, STAY_1.replace('1,', '2,')],
      vitalPeriodic: ['1,1,7,,96,,,,,', '2,2,7,,96,,,,,'],
      apachePatientResult: ['1,1,IV,0.5', '2,1,IVa,3.5E-2', '3,2,IVa,-1'],
    });
    expect(stays.map(({ severityScores }) => severityScores)).toEqual([{ 'apache-iva': 0.035 }, undefined]);
  });
});

describe('the folder of the eICU demo', () => {
  it('says that a file was cut off, and counts rows with too few or too many cells', async () => {
    await using folder = await temporaryFolder();
    const write = async (table: string, lines: readonly string[], cutBytes = 0) => {
      const path = join(folder.path, `${table}.csv.gz`);
      await writeFile(path, gzipSync(lines.join('\n')));
      await truncate(path, (await readFile(path)).length - cutBytes);
    };
    await write('patient', [PATIENT, STAY_1]);
    await write('vitalAperiodic', [APERIODIC, '1,1,50', '1,1,50,120,60,80', '1,1,50,120,60,80,90']);
    await write('lab', [LAB]);
    await write('vitalPeriodic', [PERIODIC, '1,1,5,,,70,,,,']);
    const reading = readDataset({ id: 'eicu-demo', path: folder.path });
    expect(await collectAll(reading)).toHaveLength(1);
    expect(reading.report.skippedByName.get('malformed-row vitalAperiodic')).toBe(2);
    await write('vitalPeriodic', [PERIODIC, '1,1,5,,,70,,,,'], 6);
    await expect(collectAll(reading)).rejects.toThrow(
      /vitalPeriodic.csv.gz cannot be read.*damaged. Download it again/,
    );
  });

  it('says what it looked for and where to get it, or which columns are missing', async () => {
    await using folder = await temporaryFolder();
    const readAll = () => collectAll(readDataset({ id: 'eicu-demo', path: folder.path }));
    await expect(readAll()).rejects.toThrow(/looked for patient.csv, vitalPeriodic.csv.*empty folder.*physionet\.org/);
    for (const table of ['patient', 'vitalPeriodic', 'vitalAperiodic', 'lab']) {
      await writeFile(join(folder.path, `${table}.csv`), 'subject_id,age\n');
    }
    await expect(readAll()).rejects.toThrow(/patient\.csv lacks the columns patientunitstayid.*found subject_id, age/);
  });
});

describeWithData('the eICU demo as downloaded', ['eicu-crd-demo-2.0.1', 'eicu-crd-demo', 'eicu-demo'], (path) => {
  it('has no person in two parts, no impossible value and the outcomes of its table', async () => {
    const reading = readDataset({ id: 'eicu-demo', path });
    let [died, misplaced] = [0, 0];
    const persons = new Set<string>();
    for await (const { outcome, patientId, observations, endedAtMs = 0 } of reading) {
      died += outcome === 'died' ? 1 : 0;
      persons.add(patientId);
      misplaced += observations.at(-1)!.availableAtMs > endedAtMs || observations[0]!.effectiveAtMs < 0 ? 1 : 0;
    }
    expect(misplaced).toBe(0);
    expect(died).toBe(134);
    expect(reading.report).toMatchObject({ stays: 1648, staysWithoutOutcome: 19, observations: 998_083 });
    expect(persons.size).toBeLessThan(reading.report.stays);
  }, 120_000);

  it('lacks each signal in about the share of first-day hours that is known of it', async () => {
    let hours = 0;
    const seen: Record<string, number> = {};
    for await (const { observations, endedAtMs = 0 } of readDataset({ id: 'eicu-demo', path })) {
      const whole = Math.min(24, Math.floor(endedAtMs / HOUR_MS));
      hours += whole;
      const filled = observations.map(({ signal, effectiveAtMs }) => ({
        signal,
        hour: Math.floor(effectiveAtMs / HOUR_MS),
      }));
      const cells = new Set(filled.filter(({ hour }) => hour < whole).map(({ signal, hour }) => `${signal} ${hour}`));
      for (const cell of cells) seen[cell.split(' ')[0]!] = (seen[cell.split(' ')[0]!] ?? 0) + 1;
    }
    const known = { 'heart-rate': 0.05, temperature: 0.72, spo2: 0.1, glucose: 0.82, haemoglobin: 0.94, sodium: 0.93 };
    for (const [signal, share] of Object.entries(known)) {
      expect([signal, Math.abs(1 - seen[signal]! / hours - share) < 0.04]).toEqual([signal, true]);
    }
  }, 120_000);
});
