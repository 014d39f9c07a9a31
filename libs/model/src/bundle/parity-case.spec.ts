import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RiskScorer } from '../scoring/risk-scorer.js';
import { writeTestRelease } from '../scoring/test-release.js';
import { shippedReleaseDirectory } from '../shipped-release.js';
import { parityDifference, parityWindow, readParityCase, type ParityCase } from './parity-case.js';
import { recordParityCase } from './record-parity-case.js';
import { readManifest } from './release-bundle.js';

describe('a parity case', () => {
  let release: Awaited<ReturnType<typeof writeTestRelease>>;

  beforeEach(async () => {
    release = await writeTestRelease();
  });
  afterEach(() => release.remove());

  const read = async (): Promise<ParityCase | undefined> =>
    readParityCase(release.directory, await readManifest(release.directory));

  it('is absent from a bundle of before, and read back from one that it was recorded for', async () => {
    expect(await read()).toBeUndefined();
    const recorded = await recordParityCase(release.directory);
    expect(await read()).toEqual(recorded);
    const manifest = await readFile(join(release.directory, 'manifest.json'));
    await recordParityCase(release.directory);
    expect(await readFile(join(release.directory, 'manifest.json'))).toEqual(manifest);
  });

  it('gives a scorer of the same bundle the recorded risk, and one of other weights another', async () => {
    const recorded = await recordParityCase(release.directory);
    const scorer = await RiskScorer.load(release.directory, { engine: 'onnx-cpu' });
    const [score] = await scorer.score([parityWindow(recorded)]);
    await scorer.close();
    expect(parityDifference(recorded, score!)).toBeLessThan(1e-6);
    const sharper = await writeTestRelease({ calibration: [{ hours: 24, slope: 1.1, intercept: 0.1 }] });
    const other = await RiskScorer.load(sharper.directory, { engine: 'onnx-cpu' });
    const [otherScore] = await other.score([parityWindow(recorded)]);
    await other.close();
    await sharper.remove();
    expect(parityDifference(recorded, otherScore!)).toBeGreaterThan(recorded.tolerance);
  });

  it('is refused when it was changed, is missing, or is about other signals', async () => {
    await recordParityCase(release.directory);
    const path = join(release.directory, 'parity.json');
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace('"ageYears":67', '"ageYears":76'));
    await expect(read()).rejects.toThrow('the file was changed or cut short');
    await alter(text.replace('"heart-rate"', '"lactate"'));
    await expect(read()).rejects.toThrow('is about other signals than the manifest');
    await rm(path);
    await expect(read()).rejects.toThrow('parity.json cannot be read');
  });

  /** Puts another text in its place, with its digest in the manifest. */
  async function alter(text: string): Promise<void> {
    await writeFile(join(release.directory, 'parity.json'), text);
    const path = join(release.directory, 'manifest.json');
    const manifest = JSON.parse(await readFile(path, 'utf8')) as { files: Record<string, string> };
    manifest.files['parity.json'] = createHash('sha256').update(text).digest('hex');
    await writeFile(path, JSON.stringify(manifest));
  }
});

describe('parityDifference', () => {
  const expected = { median: 0.2, low: 0.1, high: 0.4 };
  const scoreOf = (risk: typeof expected) => ({
    ...{ risk, contributions: [] },
    imputed: { median: new Float32Array(), low: new Float32Array(), high: new Float32Array() },
  });

  it('is the largest difference, and infinite for what is no number', () => {
    expect(parityDifference({ expected }, scoreOf({ median: 0.2, low: 0.13, high: 0.39 }))).toBeCloseTo(0.03, 12);
    expect(parityDifference({ expected }, scoreOf({ ...expected, low: NaN }))).toBe(Infinity);
  });
});

describe('the shipped release', () => {
  it('has a parity case whose risk tells releases apart', async () => {
    const directory = shippedReleaseDirectory();
    const recorded = await readParityCase(directory, await readManifest(directory));
    expect(recorded!.expected.median).toBeGreaterThan(0.02);
    expect(recorded!.expected.median).toBeLessThan(0.98);
  });
});
