import { SIGNAL_SETS } from '#clinical';
import { ModelUnavailableError, WindowScorer, type ReleaseFacts } from './window-scorer.js';

/** Stands where no release could be loaded: every window is refused as `model-unavailable`, none is passed over in silence. */
export class UnavailableScorer extends WindowScorer {
  override readonly lanes = 1;
  override readonly release: ReleaseFacts = {
    releaseId: 'none',
    stage: 'untrained',
    signals: SIGNAL_SETS['icu-36'],
    engine: 'none',
    floor: { completeness: 0, hoursSinceAdmission: 0 },
  };

  /** @param reason why there is no model, for the log and the health check */
  constructor(readonly reason: string) {
    super();
  }

  override score(): Promise<never> {
    return Promise.reject(new ModelUnavailableError(this.reason));
  }

  override async close(): Promise<void> {}
}
