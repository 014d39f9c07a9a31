import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { collectAll } from '../../../../test/support/collect-all.js';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import { parseHourlySeries, PUBLISHED_SERIES, readHourlySeries, SERIES_HOURS } from './read-hourly-series.js';

const HEAD = ['Time,Parameter,Value', '00:00,RecordID,1', '00:00,Age,54', '00:00,Gender,0', '00:00,Height,-1'];

function at(values: Float32Array, series: (typeof PUBLISHED_SERIES)[number], hour: number): number {
  return values[PUBLISHED_SERIES.indexOf(series) * SERIES_HOURS + hour]!;
}

describe('the hourly series of published imputations', () => {
  it('are the 37 series without weight and mechanical ventilation', () => {
    expect(new Set(PUBLISHED_SERIES).size).toBe(35);
    expect(PUBLISHED_SERIES).not.toContain('Weight');
    expect(PUBLISHED_SERIES).not.toContain('MechVent');
  });

  it('keep the last value of an hour, impossible or not, and arterial and cuff pressures apart', () => {
    const rows = ['01:00,HR,70', '01:59,HR,75', '02:00,Temp,-17.8', '01:10,SysABP,120', '01:10,NISysABP,111'];
    const { values, static: known } = parseHourlySeries([...HEAD, ...rows].join('\r\n'));
    expect(at(values, 'HR', 1)).toBe(75);
    expect(at(values, 'HR', 0)).toBeNaN();
    expect(at(values, 'Temp', 2)).toBeCloseTo(-17.8, 5);
    expect([at(values, 'SysABP', 1), at(values, 'NISysABP', 1)]).toEqual([120, 111]);
    expect(known).toEqual({ ageYears: 54, sex: 'female' });
  });

  it('leave out what lies at 48:00, has no name or is no series', () => {
    const { values } = parseHourlySeries(
      [...HEAD, '48:00,HR,70', '03:00,,5', '04:00,Weight,80', '05:00,HR,x', '47:59,K,4'].join('\n'),
    );
    expect(values.filter((value) => !Number.isNaN(value))).toEqual(Float32Array.of(4));
    expect(at(values, 'K', 47)).toBe(4);
  });

  it('come with outcomes, and without the records that have no series', async () => {
    await using folder = await temporaryFolder();
    await mkdir(join(folder.path, 'set-a'));
    await writeFile(join(folder.path, 'set-a', '1.txt'), [...HEAD, '01:00,HR,70'].join('\n'));
    await writeFile(join(folder.path, 'set-a', '2.txt'), [...HEAD, '01:00,Weight,70'].join('\n'));
    await writeFile(join(folder.path, 'Outcomes-a.txt'), 'RecordID,SAPS-I,In-hospital_death\n1,7,1\n2,3,0\n');
    const found = await collectAll(readHourlySeries(folder.path, 'set-a'));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ recordId: '1', outcome: 'died', severityScores: { 'saps-i': 7 } });
    await expect(collectAll(readHourlySeries(folder.path, 'set-c'))).rejects.toThrow(/no part set-c/);
  });
});
