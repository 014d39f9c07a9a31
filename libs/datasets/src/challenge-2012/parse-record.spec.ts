import { HOUR_MS, MINUTE_MS } from '#clinical';
import { describe, expect, it } from '@jest/globals';
import { DERIVED_FROM } from '../derived-signals.js';
import { ReadReport } from '../read-report.js';
import { ResultDelay } from '../result-delay.js';
import { PARAMETERS } from './parameters.js';
import { parseRecord } from './parse-record.js';

const DESCRIPTORS = ['RecordID,123', 'Age,54', 'Gender,0', 'Height,-1', 'ICUType,4', 'Weight,-1'];

function parse(rows: readonly string[], descriptors: readonly string[] = DESCRIPTORS) {
  const report = new ReadReport();
  const lines = ['Time,Parameter,Value', ...descriptors.map((row) => `00:00,${row}`), ...rows];
  const context = { recordId: '123', set: 'set-a', delay: new ResultDelay(1), report };
  const recorded = parseRecord(`${lines.join('\n')}\n`, context);
  return { recorded, report, observations: recorded?.observations ?? [] };
}

describe('a record of Challenge 2012', () => {
  it('becomes a stay with what is known at admission; -1 is unknown and counted', () => {
    const { recorded, report } = parse(['00:07,HR,73']);
    expect(recorded).toMatchObject({
      stay: { stayId: 'c2012-123', site: 'challenge-2012', ward: 'set-a', admittedAtMs: 0 },
      patientId: 'challenge-2012/123',
      endedAtMs: 48 * HOUR_MS,
    });
    expect(recorded?.stay.static).toEqual({ ageYears: 54, sex: 'female', unitType: 'surgical' });
    expect(report.skippedByName).toEqual(
      new Map([
        ['unknown-value heightCm', 1],
        ['unknown-value weightKg', 1],
      ]),
    );
  });

  it('takes an impossible height and an unknown sex as unknown', () => {
    const rows = ['RecordID,123', 'Age,54', 'Gender,-1', 'Height,462.3', 'ICUType,2', 'Weight,80'];
    const { recorded, report } = parse(['00:07,HR,73'], rows);
    expect(recorded?.stay.static).toEqual({ ageYears: 54, weightKg: 80, unitType: 'cardiac-surgery' });
    expect(report.skippedValues).toMatchObject({ 'impossible-value': 1, 'unknown-value': 1 });
  });

  it('leaves out impossible values and counts them by signal', () => {
    const { observations, report } = parse([
      '01:00,Temp,-17.8',
      '01:00,DiasABP,0',
      '01:00,HR,0',
      '01:00,pH,735',
      '01:00,HR,80',
    ]);
    expect(observations.map(({ signal, value }) => [signal, value])).toEqual([['heart-rate', 80]]);
    expect(report.skippedValues['impossible-value']).toBe(4);
    expect(report.skippedByName.get('impossible-value temperature')).toBe(1);
  });

  it('counts rows with an empty or unknown parameter name and malformed rows, and goes on', () => {
    const { observations, report } = parse([
      '01:00,,5',
      '01:00,Mood,5',
      '01:00,HR',
      '1 o’clock,HR,70',
      '01:00,HR,x',
      '01:01,HR,70',
    ]);
    expect(observations).toHaveLength(1);
    expect(report.skippedValues).toMatchObject({
      'empty-parameter-name': 1,
      'unknown-parameter': 1,
      'malformed-row': 3,
    });
  });

  it('derives haemoglobin from the haematocrit and SpO2 from SaO2, marked and not available before their origin', () => {
    const { observations } = parse(['02:00,HCT,30.3', '03:00,SaO2,97']);
    const of = (signal: string) => observations.find((observation) => observation.signal === signal)!;
    expect(of('haemoglobin')).toMatchObject({ value: 10.1, source: 'derived', effectiveAtMs: 2 * HOUR_MS });
    expect(of('haemoglobin').availableAtMs).toBe(of('haematocrit').availableAtMs);
    expect(of('spo2')).toMatchObject({ value: 97, source: 'derived' });
    expect(of('spo2').availableAtMs).toBe(of('sao2').availableAtMs);
    expect(of('spo2').availableAtMs).toBeGreaterThan(of('spo2').effectiveAtMs);
  });

  it('derives what is listed as derived, and nothing else', () => {
    const derived = Object.values(PARAMETERS).flatMap((mapping) =>
      mapping.derived === undefined ? [] : [[mapping.derived.signal, mapping.signal]],
    );
    expect(Object.fromEntries(derived)).toEqual(DERIVED_FROM);
  });

  it('tells arterial from cuff pressure', () => {
    const { observations } = parse(['01:00,SysABP,120', '01:00,NISysABP,118', '01:00,NIMAP,80', '01:00,DiasABP,60']);
    expect(observations.map(({ signal, source }) => `${signal} ${source}`).sort()).toEqual([
      'diastolic-pressure arterial-line',
      'mean-arterial-pressure cuff',
      'systolic-pressure arterial-line',
      'systolic-pressure cuff',
    ]);
  });

  it('stores FiO2 as per cent and magnesium, which the files hold in mg/dL, as mmol/L', () => {
    const { observations } = parse(['01:00,FiO2,0.4', '01:00,MechVent,1', '01:00,Mg,2.0']);
    expect(Object.fromEntries(observations.map(({ signal, value }) => [signal, value]))).toEqual({
      fio2: 40,
      'mechanical-ventilation': 1,
      magnesium: 0.82288,
    });
  });

  it('reads the first weight as descriptor and value, later ones as values, and never -1', () => {
    const rows = ['RecordID,123', 'Age,54', 'Gender,1', 'Height,170', 'ICUType,1', 'Weight,80'];
    const { recorded, observations, report } = parse(['01:00,Weight,81', '02:00,Weight,-1', '02:00,HR,70'], rows);
    expect(recorded?.stay.static.weightKg).toBe(80);
    const weights = observations.filter(({ signal }) => signal === 'weight');
    expect(weights.map(({ effectiveAtMs, value }) => [effectiveAtMs, value])).toEqual([
      [0, 80],
      [HOUR_MS, 81],
    ]);
    expect(report.skippedValues['unknown-value']).toBe(1);
  });

  it('does not take a later weight for the one at admission', () => {
    expect(
      parse(['01:00,Weight,81', '01:00,HR,70'], DESCRIPTORS.slice(0, -1)).recorded?.stay.static.weightKg,
    ).toBeUndefined();
  });

  it('leaves out a record without series, a weight being none', () => {
    const { recorded, report } = parse(['01:00,Weight,81']);
    expect(recorded).toBeUndefined();
    expect(report.skippedStays['no-series']).toBe(1);
  });

  it('leaves out a result that came after the recording ended', () => {
    const { observations, report } = parse(['00:10,HR,70', '47:59,Na,140', '48:00,HR,71']);
    expect(observations.map(({ effectiveAtMs }) => effectiveAtMs)).toEqual([10 * MINUTE_MS, 48 * HOUR_MS]);
    expect(report.skippedByName.get('after-end sodium')).toBe(1);
  });

  it('reads files with Windows line ends', () => {
    const report = new ReadReport();
    const text = 'Time,Parameter,Value\r\n00:00,Gender,1\r\n00:07,HR,73\r\n';
    const recorded = parseRecord(text, { recordId: '9', set: 'set-b', delay: new ResultDelay(1), report });
    expect(recorded?.observations).toHaveLength(1);
    expect(recorded?.stay.static.sex).toBe('male');
  });
});
