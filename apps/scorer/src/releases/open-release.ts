import type { EngineChoice } from '#engine';
import { readManifest, readParityCase } from '#model';
import { fetchBundle, RegistryError } from '#registry';
import { ModelScorer } from '../inference/model-scorer.js';
import type { WindowScorer } from '../inference/window-scorer.js';
import { proveScorer, type ParityOutcome } from './prove-scorer.js';

/** A release as the assignments name it. */
export interface AssignedRelease {
  readonly releaseId: string;
  /** SHA-256 of its manifest.json. */
  readonly digest: string;
  /** Where its bundle is. */
  readonly location: string;
}

/** How releases are brought here and loaded. */
export interface OpenReleaseOptions {
  /** Folder of the local cache of bundles. */
  readonly cacheDirectory: string;
  readonly engine: EngineChoice;
  readonly threads: number;
  /** Where the registry is; the token is sent there only. */
  readonly registryUrl?: string | undefined;
  readonly registryToken?: string | undefined;
  readonly onUnavailable: (error: Error) => void;
}

/** Where the time to a switch goes, milliseconds. */
export interface OpenTimes {
  /** Bundle into the cache, or checked there. */
  readonly fetchMs: number;
  /** Graphs and weights into the workers. */
  readonly loadMs: number;
  /** First window through every worker. */
  readonly warmMs: number;
}

/** A release that is ready to score, beside whatever scores now. */
export interface OpenedRelease extends OpenTimes {
  readonly scorer: WindowScorer;
  readonly parity: ParityOutcome;
}

/** Whether trying again without any change may help: the place of the bundle did not answer. */
export function mayComeBack(error: unknown): boolean {
  return error instanceof RegistryError && error.code === 'unavailable';
}

/**
 * Fetches a release, loads it in workers of its own, warms them up and holds the release against its parity case. What scores now is
 * not touched.
 *
 * @throws whatever keeps the release out; see {@link mayComeBack}
 */
export async function openRelease(assigned: AssignedRelease, options: OpenReleaseOptions): Promise<OpenedRelease> {
  const { engine, threads, onUnavailable } = options;
  const times = [performance.now()];
  const directory = await fetchBundle({
    ...{ digest: assigned.digest, location: assigned.location, directory: options.cacheDirectory },
    ...{ token: options.registryToken, tokenOrigin: options.registryUrl && new URL(options.registryUrl).origin },
  });
  times.push(performance.now());
  const manifest = await readManifest(directory);
  if (manifest.releaseId !== assigned.releaseId)
    throw new RegistryError(
      'bad-bundle',
      `the bundle says that it is ${manifest.releaseId}, not ${assigned.releaseId}`,
    );
  const parityCase = await readParityCase(directory, manifest);
  const scorer = await ModelScorer.open({ bundleDirectory: directory, engine, threads, onUnavailable });
  times.push(performance.now());
  try {
    const parity = await proveScorer(scorer, parityCase);
    times.push(performance.now());
    const [start, fetched, loaded, warm] = times as [number, number, number, number];
    return { scorer, parity, fetchMs: fetched - start, loadMs: loaded - fetched, warmMs: warm - loaded };
  } catch (error) {
    await scorer.close();
    throw error;
  }
}
