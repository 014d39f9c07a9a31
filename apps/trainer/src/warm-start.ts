import { SIGNAL_SETS } from '#clinical';
import { readBundle, type ReleaseManifest } from '#model';
import { planWeights, type HyperParameters, type NetworkWeights } from '#network';
import type { FittedScales } from '#training';
import type { TrainOptions } from './command-line.js';
import { UsageError } from './usage-error.js';

/** What a training takes over from a release. */
export interface WarmStart {
  /** By name; the risk networks' are missing where they shall be learned anew. */
  readonly weights: NetworkWeights;
  /** The release's scales: its weights mean nothing on others. */
  readonly scales: FittedScales;
  /** As its manifest says: see there. */
  readonly learnedBeforeMs: number | undefined;
  /** What the manifest of the new release says of it. */
  readonly record: NonNullable<NonNullable<ReleaseManifest['training']>['warmStart']>;
}

/**
 * Reads the release that a training starts from; undefined where none was asked for.
 *
 * @param hyper sizes of the networks that are to be trained
 * @throws UsageError when the release has other signals or another imputer, or when options contradict each other; BundleError when it
 * cannot be read
 */
export async function readWarmStart(options: TrainOptions, hyper: HyperParameters): Promise<WarmStart | undefined> {
  const { warmStart, freezeImputer, freshRisk, keepRisk, signals } = options;
  if (warmStart === undefined) {
    if (freezeImputer || freshRisk || keepRisk)
      throw new UsageError(
        '--freeze-imputer, --fresh-risk and --keep-risk go with --warm-start DIR: name the release to start from',
      );
    return undefined;
  }
  if (keepRisk && (freshRisk || !freezeImputer))
    throw new UsageError(
      '--keep-risk goes with --freeze-imputer and without --fresh-risk: risk networks that stay need their imputer',
    );
  const { manifest, weights } = await readBundle(warmStart);
  if (manifest.signals.join() !== SIGNAL_SETS[signals].join())
    throw new UsageError(`${warmStart} reads other signals than ${signals}: choose its set with --signals`);
  const keptMembers = keepRisk ? manifest.hyper.risk.members : 0;
  if (keepRisk && keptMembers >= hyper.risk.members)
    throw new UsageError(`${warmStart} holds ${keptMembers} risk networks: ask for more with --members`);
  const given = weights();
  const taken = planWeights(hyper).flatMap(({ name, shape }): [string, NetworkWeights[string]][] => {
    const ofRisk = name.startsWith('risk.');
    const found = ofRisk && freshRisk ? undefined : given[name];
    const fits = found?.shape.join() === shape.join();
    if (!fits && (!ofRisk || (keepRisk && found !== undefined)))
      throw new UsageError(`${warmStart} has no "${name}" of the shape [${shape.join()}]: choose its --sizes`);
    return found !== undefined && fits ? [[name, found]] : [];
  });
  return {
    weights: Object.fromEntries(taken),
    scales: { signals: manifest.normaliser, static: manifest.staticScales },
    learnedBeforeMs: manifest.training?.learnedBeforeMs,
    record: {
      releaseId: manifest.releaseId,
      weightsDigest: manifest.files['weights.safetensors'],
      frozenImputer: freezeImputer,
      freshRisk,
      keptMembers,
    },
  };
}
