import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ServiceLogger } from '#service';
import { temporaryFolder } from '../../../test/support/temporary-folder.js';
import { untrainedRelease } from '../../../test/support/untrained-release.js';
import type { StayChoice } from './stays/chosen-stays.js';
import { validate, type WrittenReport } from './validate.js';
import type { ValidationWish } from './validation-wish.js';

const logger = new ServiceLogger({ service: 'spec', level: 'silent' });
const RECORDINGS = join('test', 'recordings');
const CHOICE: StayChoice = { name: 'recordings', path: RECORDINGS, maxHours: 9, maxStays: 5, includeSeen: false };
const surroundings = (signal = new AbortController().signal) => ({
  ...{ logger, signal, code: { version: '0' }, say: () => undefined, onProgress: () => undefined },
  machine: { cpu: 'spec', cores: 1, memoryGiB: 1, platform: 'spec', node: 'spec' },
});

function wish(outFolder: string, more: Partial<ValidationWish>): ValidationWish {
  return {
    ...{ choices: [CHOICE], releases: [], everyHours: 1, seed: 7, resamples: 20, contributions: false, hiddenStays: 2 },
    ...{ threads: 1, policies: [], outFolder, command: 'npm run replay -- validate' },
    ...more,
  };
}

describe('a validation of two releases on recorded stays', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let release: Awaited<ReturnType<typeof untrainedRelease>>;
  let other: string;
  let written: WrittenReport;

  beforeAll(async () => {
    folder = await temporaryFolder();
    release = await untrainedRelease();
    other = join(folder.path, 'other');
    await cp(release.path, other, { recursive: true });
    const manifest = JSON.parse(await readFile(join(other, 'manifest.json'), 'utf8')) as object;
    await writeFile(join(other, 'manifest.json'), JSON.stringify({ ...manifest, releaseId: 'other-spec' }));
    written = await validate(wish(folder.path, { releases: [release.path, other] }), surroundings());
  });

  afterAll(async () => {
    await release[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  it('writes every table for both, and NEWS2 beside them', () => {
    const { tables, stays } = written.report;
    expect(stays).toBe(5);
    const names = [
      'stays',
      'windows',
      'standing',
      'paired',
      'since-admission',
      'before-end',
      'alarms',
      'imputation',
      'speed',
    ];
    expect(Object.keys(tables)).toEqual(expect.arrayContaining([...names, 'worst-other-spec', 'best-untrained-spec']));
    const judged = new Set(tables['since-admission']!.rows.map((row) => row['score']));
    expect([...judged]).toEqual(['untrained-spec', 'other-spec', 'NEWS2']);
    for (const { due, scored, ...refused } of tables['windows']!.rows as unknown as Record<string, number>[]) {
      expect(due).toBe(scored! + refused['refused: too early']! + refused['refused: too little data']!);
      expect(scored).toBeGreaterThan(15);
    }
  });

  it('gives other noise, and so other risks, to a release of another name', () => {
    const rows = written.report.tables['paired']!.rows.filter((row) => row['figure'] === 'Brier');
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.at(-1)!['difference']).not.toMatchObject({ value: 0 });
  });

  it('is one page that loads nothing, and the same figures for programs', async () => {
    const html = await readFile(written.html, 'utf8');
    expect(html).toMatch(/<h1>Validation of untrained-spec and other-spec<\/h1>/);
    expect(html).not.toMatch(/<script|<link|<img|href="http/);
    expect(html.match(/<svg/g)!.length).toBeGreaterThan(10);
    expect(JSON.parse(await readFile(written.json, 'utf8'))).toEqual(JSON.parse(JSON.stringify(written.report)));
  });

  it('scores at even distances alone when it is told to', async () => {
    await using out = await temporaryFolder();
    const even = await validate(wish(out.path, { releases: [release.path], panels: false }), surroundings());
    const due = (report: WrittenReport['report']) => report.tables['windows']!.rows[0]!['due'] as number;
    expect(due(even.report)).toBeLessThan(due(written.report));
    expect(await readFile(even.html, 'utf8')).toContain('never because a laboratory panel is complete');
  });

  it('takes what was scored from the store: with the networks gone, the same figures come out', async () => {
    expect(await readdir(join(folder.path, 'scores'))).toHaveLength(2);
    await rm(join(other, 'denoiser.onnx'));
    const again = await validate(wish(folder.path, { releases: [release.path, other] }), surroundings());
    const figures = ({ report }: WrittenReport) => JSON.stringify({ ...report, wallSeconds: 0 });
    expect(figures(again)).toBe(figures(written));
  });

  it('computes anew what another version of the code had scored', async () => {
    const newer = { ...surroundings(), code: { version: '0', commit: 'a'.repeat(40), changed: false } };
    await expect(validate(wish(folder.path, { releases: [other] }), newer)).rejects.toThrow(/cannot be served/);
  });

  it('refuses two releases of one id, and says why nothing is left to replay', async () => {
    await expect(
      validate(wish(folder.path, { releases: [release.path, release.path] }), surroundings()),
    ).rejects.toThrow(/Both folders hold a release of the id untrained-spec/);
    const none = wish(folder.path, { choices: [{ ...CHOICE, maxStays: 0 }], releases: [release.path] });
    await expect(validate(none, surroundings())).rejects.toThrow(/^No stay is left to replay/);
  });

  it('stops when it is told to, and keeps nothing half', async () => {
    await using out = await temporaryFolder();
    const stop = new AbortController();
    const stopping = { ...surroundings(stop.signal), onProgress: () => stop.abort() };
    const reason = await validate(wish(out.path, { releases: [release.path] }), stopping).catch(
      (error: unknown) => error,
    );
    expect(stop.signal.aborted).toBe(true);
    expect(reason).toBe(stop.signal.reason);
    expect(await readdir(out.path)).toEqual([]);
  });
});
