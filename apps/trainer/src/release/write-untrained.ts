import { SIGNAL_SETS, type SignalSetName } from '#clinical';
import { fitStaticScales, NormaliserFit, recordParityCase, writeBundle } from '#model';
import { initialWeights, type HyperParameters } from '#network';
import { randomOf } from '#training';
import { describeRelease } from './describe-release.js';

const MODEL_CARD = `# An untrained release

Random weights in a whole bundle: it proves that a stay's window travels through the model, and says nothing of any patient. Its scales
come from the catalogue's plausible ranges; no data was used. Research software, not a medical device.
`;

/** Writes a bundle of random weights, marked as untrained. */
export async function writeUntrained(
  directory: string,
  releaseId: string,
  signals: SignalSetName,
  hyper: HyperParameters,
  seed: number,
): Promise<void> {
  const scales = { signals: new NormaliserFit(SIGNAL_SETS[signals]).scales(), static: fitStaticScales([]) };
  const weights = initialWeights(hyper, randomOf(`${seed}|weights`));
  const description = { ...describeRelease(releaseId, signals, hyper, scales), licence: 'Apache-2.0' };
  await writeBundle(directory, description, weights, MODEL_CARD);
  await recordParityCase(directory);
}
