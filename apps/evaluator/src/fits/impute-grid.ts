import type { Imputation, WindowGrid } from '#baselines';
import type { InferenceEngine } from '#engine';
import { hoursSinceObserved, imputeWindows, type SamplerSettings, type WindowToImpute } from '#model';
import { createHash } from 'node:crypto';

const BATCH_SIZE = 16;

/**
 * Fills the gaps of a grid's windows with an engine of our networks. A window is imputed alike wherever it stands: its noise depends on the
 * seed and on what it holds.
 *
 * @returns the imputer's own centre as values, and its samples
 */
export async function imputeGrid(
  engine: InferenceEngine,
  grid: WindowGrid,
  sampler: SamplerSettings,
  seed: number,
): Promise<Imputation> {
  const size = grid.signalIds.length * grid.hours;
  const values = new Float32Array(grid.count * size);
  const samples = Array.from({ length: sampler.samples }, () => new Float32Array(grid.count * size));
  for (let first = 0; first < grid.count; first += BATCH_SIZE) {
    const rows = Array.from({ length: Math.min(BATCH_SIZE, grid.count - first) }, (_, at) => first + at);
    const windows = rows.map((row) => windowOf(grid, row));
    const keys = windows.map((window) => noiseKey(window, seed));
    const imputed = await imputeWindows(engine, windows, keys, sampler);
    imputed.forEach((ofWindow, at) => {
      values.set(ofWindow.center, rows[at]! * size);
      ofWindow.samples.forEach((draw, sample) => samples[sample]!.set(draw, rows[at]! * size));
    });
  }
  return { values, samples };
}

function noiseKey({ values, mask }: WindowToImpute, seed: number): string {
  const bytes = [values, mask].map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength));
  const digest = bytes.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');
  return `evaluation|${seed}|${digest}`;
}

function windowOf(
  { values, mask, hours, signalIds, static: stays, staticSize }: WindowGrid,
  row: number,
): WindowToImpute {
  const size = signalIds.length * hours;
  const own = mask.slice(row * size, (row + 1) * size);
  return {
    values: values.slice(row * size, (row + 1) * size),
    mask: own,
    hoursSince: hoursSinceObserved(own, hours),
    static: stays.slice(row * staticSize, (row + 1) * staticSize),
  };
}
