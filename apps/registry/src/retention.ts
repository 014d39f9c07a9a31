import type { ReleaseRegistry } from '#registry';
import type { ServiceLogger } from '#service';

const DAY_MS = 86_400_000;

/** How long bundles are kept. */
export interface RetentionOptions {
  /** Days after its retirement for which the bundle of a release is kept; 0 keeps all. @default 90 */
  readonly days: number;
  /** Last champions whose bundles are kept however long ago that was, so that a roll-back finds them. @default 5 */
  readonly champions: number;
}

/** Where nothing else is said. */
export const DEFAULT_RETENTION: RetentionOptions = { days: 90, champions: 5 };

/** What retention works with. */
export interface RetentionParts extends RetentionOptions {
  readonly registry: ReleaseRegistry;
  /** Brings the topic up to what was decided. */
  readonly publish: () => Promise<void>;
  readonly logger: ServiceLogger;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

/**
 * Removes bundles that need not be kept any more, now. A disk that does not let go is said in the log and tried again the next time.
 *
 * Rejects when the log does not take what was decided.
 */
export async function applyRetention({ days, champions, registry, ...parts }: RetentionParts): Promise<void> {
  const { publish, logger, clock } = parts;
  if (days === 0) return;
  const rule = { retiredBeforeMs: clock() - days * DAY_MS, champions };
  try {
    const releases = await registry.discard(rule, { by: 'registry', why: `retired for more than ${days} days` });
    if (releases.length > 0) logger.info('bundles of retired releases were removed', { releases });
  } catch (error) {
    logger.error('bundles of retired releases could not be removed', { error: String(error) });
  }
  await publish();
}
