import { recordParityCase, writeBundle, type ReleaseDescription, type TrainingNeighbours } from '#model';
import type { NetworkWeights } from '#network';
import { rename, rm } from 'node:fs/promises';

/**
 * Writes a bundle with its parity case. The folder appears with both or not at all: one without would pass for a whole release after a kill, and be served
 * unproved. See `writeBundle` and `recordParityCase`.
 */
export async function writeProvedBundle(
  directory: string,
  description: ReleaseDescription,
  weights: NetworkWeights,
  modelCard: string,
  neighbours?: TrainingNeighbours,
): Promise<void> {
  const unproved = `${directory}.unproved`;
  await writeBundle(unproved, description, weights, modelCard, neighbours);
  await recordParityCase(unproved);
  await rm(directory, { recursive: true, force: true });
  await rename(unproved, directory);
}
