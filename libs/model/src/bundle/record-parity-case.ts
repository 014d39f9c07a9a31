import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SignalNormaliser } from '../normalisation/signal-normaliser.js';
import { RiskScorer } from '../scoring/risk-scorer.js';
import { parityWindow, type ParityCase } from './parity-case.js';
import { PARITY_FILE, type ReleaseManifest } from './release-manifest.js';

/**
 * Ten times what the two implementations of the networks may differ by (1e-4), so that other processors and engines pass; the risks
 * of two releases are farther apart.
 */
const TOLERANCE = 1e-3;
const HOURS_SINCE_ADMISSION = 30;
/** The golden ratio's multiples spread evenly over [0, 1). */
const GOLDEN = 0.618033988749895;

/**
 * Scores a made-up window with a bundle on ONNX Runtime's processor engine and records window and risk as the bundle's parity.json;
 * its digest goes into the manifest, which changes the digest of the release. Run again it gives the same bytes.
 *
 * @throws BundleError when the bundle is not in order
 */
export async function recordParityCase(directory: string): Promise<ParityCase> {
  const scorer = await RiskScorer.load(directory, { engine: 'onnx-cpu', threads: 1, forEvaluationOnly: true });
  try {
    const window = madeUpWindow(scorer.manifest);
    const [score] = await scorer.score([parityWindow({ window })]);
    const recorded: ParityCase = {
      ...{ version: 1, engine: scorer.engine.name, tolerance: TOLERANCE },
      ...{ window, expected: score!.risk },
    };
    await writeRecorded(directory, recorded);
    return recorded;
  } finally {
    await scorer.close();
  }
}

/** A patient near the training mean, sicker than it by up to two deviations; a third of the hours is missing. */
function madeUpWindow({ signals, normaliser, hyper }: ReleaseManifest): ParityCase['window'] {
  const scales = new SignalNormaliser(signals, normaliser);
  const values = signals.map((_, row) =>
    Array.from({ length: hyper.hours }, (_, hour) => {
      const draw = ((row * hyper.hours + hour + 1) * GOLDEN) % 1;
      if ((row + hour) % 3 === 0) return null;
      return Number(scales.toStoredUnit(row, 2 * draw * (row % 2 === 0 ? 1 : -1)).toPrecision(6));
    }),
  );
  return {
    ...{ signals: [...signals], values, static: { ageYears: 67 } },
    ...{ hoursSinceAdmission: HOURS_SINCE_ADMISSION, noiseKey: 'parity' },
  };
}

async function writeRecorded(directory: string, recorded: ParityCase): Promise<void> {
  const text = `${JSON.stringify(recorded)}\n`;
  const manifest = JSON.parse(await readFile(join(directory, 'manifest.json'), 'utf8')) as ReleaseManifest;
  const files = { ...manifest.files, [PARITY_FILE]: createHash('sha256').update(text).digest('hex') };
  await replaceFile(join(directory, PARITY_FILE), text);
  await replaceFile(join(directory, 'manifest.json'), `${JSON.stringify({ ...manifest, files }, null, 2)}\n`);
}

async function replaceFile(path: string, text: string): Promise<void> {
  await writeFile(`${path}.partial`, text);
  await rename(`${path}.partial`, path);
}
