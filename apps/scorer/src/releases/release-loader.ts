import type { EngineChoice } from '#engine';
import type { ServiceLogger } from '#service';
import type { WindowScorer } from '../inference/window-scorer.js';
import { openRelease, type AssignedRelease, type OpenedRelease, type OpenReleaseOptions } from './open-release.js';
import { ParityError } from './prove-scorer.js';
import type { ReleaseAlarms } from './release-alarms.js';
import type { ReleaseStatus } from './release-status.js';
import { ReleaseSeat } from './served-releases.js';

/** What releases are loaded with. */
export interface ReleaseLoaderOptions extends Pick<
  OpenReleaseOptions,
  'cacheDirectory' | 'registryUrl' | 'registryToken'
> {
  readonly engine: EngineChoice;
  readonly logger: ServiceLogger;
}

/** Opens releases, raises an alarm for those that cannot be, and closes each when its last window is done. */
export class ReleaseLoader {
  readonly parity: Record<keyof ReleaseStatus['parity'], number> = { passed: 0, skipped: 0, failed: 0 };
  private readonly atWork = new Set<WindowScorer>();
  private readonly closing = new Set<Promise<void>>();

  constructor(
    private readonly options: ReleaseLoaderOptions,
    private readonly alarms: ReleaseAlarms,
  ) {}

  /** A release ready to score; undefined when it stays out, which the alarms say. */
  async open(
    role: 'champion' | 'shadow',
    assigned: AssignedRelease,
    threads: number,
  ): Promise<OpenedRelease | undefined> {
    const { logger } = this.options;
    const onUnavailable = (error: Error): void => logger.error('the model could not score', { error: error.message });
    try {
      const opened = await openRelease(assigned, { ...this.options, threads, onUnavailable });
      this.parity[opened.parity] += 1;
      if (opened.parity === 'skipped')
        logger.warn('a release has no parity case: it is served unproved', { releaseId: assigned.releaseId });
      return opened;
    } catch (error) {
      if (error instanceof ParityError) this.parity.failed += 1;
      this.alarms.raise(role, assigned, error);
      return undefined;
    }
  }

  /** A place for an open scorer, which is closed when it has been replaced and its last window is finished. */
  seatOf(scorer: WindowScorer): ReleaseSeat {
    this.atWork.add(scorer);
    return new ReleaseSeat(scorer, () => this.giveBack(scorer));
  }

  /** Closes everything that is open, windows or not. */
  async close(): Promise<void> {
    for (const scorer of [...this.atWork]) this.giveBack(scorer);
    await Promise.all(this.closing);
  }

  private giveBack(scorer: WindowScorer): void {
    if (!this.atWork.delete(scorer)) return;
    const closed = scorer.close().finally(() => this.closing.delete(closed));
    this.closing.add(closed);
  }
}
