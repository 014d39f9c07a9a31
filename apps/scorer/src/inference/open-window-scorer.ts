import type { EngineChoice } from '#engine';
import { shippedReleaseDirectory } from '#model';
import type { ServiceLogger } from '#service';
import { ModelScorer } from './model-scorer.js';
import { UnavailableScorer } from './unavailable-scorer.js';
import { ModelUnavailableError, type WindowScorer } from './window-scorer.js';

/** Which release is served, and how. */
export interface WindowScorerOptions {
  /** Folder of the bundle. @default the release that comes with Vigil */
  readonly bundleDirectory?: string | undefined;
  /** @default 'auto' */
  readonly engine?: EngineChoice;
  /** @default 1 */
  readonly threads?: number;
  readonly logger: ServiceLogger;
}

/** Opens the release. Where it cannot be had every window is refused as `model-unavailable`, and the log says why. */
export async function openWindowScorer(options: WindowScorerOptions): Promise<WindowScorer> {
  const { logger, ...rest } = options;
  const bundleDirectory = options.bundleDirectory ?? shippedReleaseDirectory();
  const onUnavailable = (error: Error) => logger.error('the model could not score', { error: error.message });
  try {
    return await ModelScorer.open({ ...rest, bundleDirectory, onUnavailable });
  } catch (error) {
    if (!(error instanceof ModelUnavailableError)) throw error;
    logger.error('no model: every window will be refused', { error: error.message });
    return new UnavailableScorer(error.message);
  }
}
