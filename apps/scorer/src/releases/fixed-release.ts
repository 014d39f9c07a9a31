import type { WindowScorer } from '../inference/window-scorer.js';
import type { ReleaseStatus } from './release-status.js';
import { ReleaseReporter } from './releases.controller.js';
import { ReleaseSeat, ServedReleases } from './served-releases.js';

/** One release for the life of the process; it follows nothing, and its scorer belongs to the caller. */
export class FixedRelease extends ReleaseReporter {
  readonly served: ServedReleases;
  private readonly sinceMs = Date.now();

  constructor(private readonly scorer: WindowScorer) {
    super();
    this.served = new ServedReleases(new ReleaseSeat(scorer));
  }

  override status(): ReleaseStatus {
    const { releaseId, stage, engine } = this.scorer.release;
    return {
      live: { releaseId, stage, engine, sinceMs: this.sinceMs },
      ...{ follows: false, shadows: [], alarms: [], switches: 0 },
      parity: { passed: 0, skipped: 0, failed: 0 },
    };
  }
}
