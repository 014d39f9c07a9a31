import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { HOUR_MS, MINUTE_MS } from '#clinical';
import { describe, expect, it } from '@jest/globals';
import { collectAll } from '../../../../test/support/collect-all.js';
import { describeWithData } from '../../../../test/support/describe-with-data.js';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import { readDataset } from '../read-dataset.js';
import type { RecordedStay } from '../recorded-stay.js';

const FILES: Readonly<Record<string, readonly string[]>> = {
  'icu/icustays.csv.gz': [
    'subject_id,hadm_id,stay_id,first_careunit,last_careunit,intime,outtime,los',
    '10,100,30000001,Medical/Surgical Intensive Care Unit (MICU/SICU),X,2150-01-01 10:00:00,2150-01-02 10:00:00,1',
    '20,200,30000002,Neuro Stepdown,X,2151-01-01 10:00:00,2151-01-02 10:00:00,1',
  ],
  'hosp/patients.csv': ['subject_id,gender,anchor_age,anchor_year', '10,F,40,2148', '20,M,91,2150'],
  'hosp/admissions.csv.gz': [
    'subject_id,hadm_id,deathtime,race,hospital_expire_flag',
    '10,100,,HISPANIC/LATINO - CUBAN,0',
    '20,200,2151-01-09 10:00:00,UNKNOWN,1',
  ],
  'icu/chartevents.csv.gz': [
    'subject_id,hadm_id,stay_id,caregiver_id,charttime,storetime,itemid,value,valuenum,valueuom,warning',
    '10,100,30000001,,2150-01-01 11:00:00,,220045,80,80,bpm,0',
    '10,100,30000001,,2150-01-01 11:00:00,,225664,200,200,mg/dL,0',
    '20,200,30000002,,2151-01-01 11:00:00,2151-01-01 11:45:00,223761,98.6,98.6,°F,1',
  ],
  'hosp/labevents.csv.gz': [
    'labevent_id,subject_id,hadm_id,specimen_id,itemid,charttime,storetime,value,valuenum,valueuom',
    '1,10,100,1,50983,2150-01-01 12:00:00,2150-01-01 13:25:00,140,140,mEq/L',
    '2,10,,2,52033,2150-01-01 13:00:00,2150-01-01 13:04:00,CENTRAL VENOUS.,,',
    '3,10,,2,50818,2150-01-01 13:00:00,2150-01-01 13:04:00,50,50,mm Hg',
    '4,10,,2,50822,2150-01-01 13:00:00,2150-01-01 13:04:00,4.4,4.4,mEq/L',
    '5,10,,3,51003,2150-01-02 09:30:00,2150-01-02 10:30:00,0.5,0.5,ng/mL',
  ],
};

async function writeFiles(folder: string, files: Readonly<Record<string, readonly string[]>>): Promise<void> {
  for (const name of ['icu', 'hosp']) await mkdir(join(folder, name));
  for (const [name, lines] of Object.entries(files)) {
    const text = `${lines.join('\n')}\n`;
    await writeFile(join(folder, name), name.endsWith('.gz') ? gzipSync(text) : text);
  }
}

function values(stay: RecordedStay | undefined): string[] {
  return (stay?.observations ?? []).map(
    ({ signal, value, effectiveAtMs, availableAtMs }) =>
      `${signal} ${value} ${effectiveAtMs / MINUTE_MS} ${availableAtMs / MINUTE_MS}`,
  );
}

describe('MIMIC-IV', () => {
  it('is read from icu and hosp, plain or packed; a result is available when it was stored', async () => {
    await using folder = await temporaryFolder();
    await writeFiles(folder.path, FILES);
    const reading = readDataset({ id: 'mimic-iv', path: folder.path });
    const stays = await collectAll(reading);
    expect(
      stays.map(({ stay, patientId, outcome, endedAtMs }) => [stay.stayId, patientId, outcome, endedAtMs]),
    ).toEqual([
      ['mimic-iv-30000001', 'mimic-iv/10', 'survived', 24 * HOUR_MS],
      ['mimic-iv-30000002', 'mimic-iv/20', 'died', 24 * HOUR_MS],
    ]);
    expect(stays[0]?.stay.static).toEqual({ ageYears: 42, sex: 'female', ethnicity: 'hispanic', unitType: 'mixed' });
    expect(stays[1]?.stay.static).toEqual({ ageYears: 90, sex: 'male', unitType: 'neuro' });
    expect(values(stays[0]).filter((text) => !text.startsWith('glucose'))).toEqual([
      'heart-rate 80 60 60',
      'potassium 4.4 180 184',
      'sodium 140 120 205',
    ]);
    expect(values(stays[1])).toEqual(['temperature 37 60 105']);
    expect(reading.report.skippedByName.get('venous-specimen paco2')).toBe(1);
    expect(reading.report.skippedByName.get('after-end troponin-t')).toBe(1);
  });

  it('gives a finger-stick glucose without a storage time the delay of a blood gas', async () => {
    await using folder = await temporaryFolder();
    await writeFiles(folder.path, FILES);
    const [first] = await collectAll(readDataset({ id: 'mimic-iv', path: folder.path }));
    const glucose = first!.observations.find(({ signal }) => signal === 'glucose')!;
    expect(glucose.source).toBe('device');
    expect(glucose.availableAtMs - glucose.effectiveAtMs).toBeGreaterThan(0);
    expect(glucose.availableAtMs - glucose.effectiveAtMs).toBeLessThan(35 * MINUTE_MS);
  });

  it('says which table is missing and where to get it', async () => {
    await using folder = await temporaryFolder();
    const withoutLabs = Object.entries(FILES).filter(([name]) => name !== 'hosp/labevents.csv.gz');
    await writeFiles(folder.path, Object.fromEntries(withoutLabs));
    await expect(collectAll(readDataset({ id: 'mimic-iv', path: folder.path }))).rejects.toThrow(
      /looked for icu\/icustays.csv.*hosp\/labevents.csv.*found hosp, icu.*physionet.org\/content\/mimiciv/,
    );
  });
});

describeWithData('the MIMIC-IV demo as downloaded', ['mimic-iv-demo-2.2'], (path) => {
  it('has the stays, deaths and delays of results that it is known to have', async () => {
    const reading = readDataset({ id: 'mimic-iv', path });
    const stays = await collectAll(reading);
    expect([stays.length, stays.filter(({ outcome }) => outcome === 'died').length]).toEqual([140, 20]);
    const delays = stays
      .flatMap(({ observations }) => observations)
      .filter(({ signal, source }) => signal === 'haemoglobin' && source === 'laboratory')
      .map(({ availableAtMs, effectiveAtMs }) => (availableAtMs - effectiveAtMs) / MINUTE_MS)
      .sort((left, right) => left - right);
    expect(delays[Math.floor(delays.length / 2)]).toBeGreaterThan(25);
    expect(delays[Math.floor(delays.length / 2)]).toBeLessThan(60);
    // Worked out from the rows of stay 30057454, admitted 2171-11-14 10:06:41.
    const { stay, observations } = stays[0]!;
    expect(stay).toMatchObject({ bed: '30057454', static: { ageYears: 54, sex: 'male', unitType: 'cardiac-surgery' } });
    expect(observations.filter(({ signal }) => signal === 'heart-rate')).toHaveLength(151);
    expect(observations.filter(({ signal }) => signal === 'sodium')[0]).toEqual({
      signal: 'sodium',
      value: 139,
      effectiveAtMs: 2_239_000,
      availableAtMs: 6_679_000,
      source: 'laboratory',
    });
  }, 120_000);
});
