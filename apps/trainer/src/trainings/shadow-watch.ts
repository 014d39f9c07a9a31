import type { ServiceLogger } from '#service';
import { ShelfRefusal, ShelfUnavailable, type ReleaseShelf } from './release-shelf.js';
import { TRAINER } from './steps/release-candidate.js';
import type { Training } from './training.js';
import type { TrainingJournal } from './training-journal.js';

/**
 * Promotes the shadows whose time is over, one after the other, by the rules for promotions that no person asked for. A champion that is not the one that the candidate was
 * judged beside takes the promotion away: the evidence says nothing about it.
 */
export class ShadowWatch {
  #looking = false;

  constructor(
    private readonly journal: TrainingJournal,
    private readonly shelf: ReleaseShelf,
    private readonly logger: ServiceLogger,
  ) {}

  /** To be called again and again; while the registry is away nothing is lost. */
  async tick(nowMs: number): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      for (const training of this.journal.all()) {
        const due = training.release?.promoteAtMs;
        if (due !== undefined && due <= nowMs) await this.#promote(training);
      }
    } catch (error) {
      if (!(error instanceof ShelfUnavailable)) throw error;
      this.logger.warn('the registry is away; a promotion waits for it');
    } finally {
      this.#looking = false;
    }
  }

  async #promote(training: Training): Promise<void> {
    const { id, plan, decision } = training;
    const release = await this.#outcomeOf(training);
    // as it stands now: it may have ended while the registry was asked
    await this.journal.write({ ...this.journal.get(id)!, release });
    this.logger.info('a shadow’s time is over', {
      ...{ training: id, releaseId: plan!.releaseId, release: release.state, decision: decision!.decision },
    });
  }

  async #outcomeOf({ id, plan, decision }: Training): Promise<NonNullable<Training['release']>> {
    const champion = await this.shelf.championId();
    // a promotion that was done, but not written down before a crash
    if (champion === plan!.releaseId) return { state: 'champion' };
    if (champion !== plan!.championId)
      return {
        state: 'left',
        note: `it was judged beside ${plan!.championId}, but ${champion} is served now`,
      };
    const why = `training ${id} passed ${decision!.policy} and its time in the shadow`;
    try {
      await this.shelf.promote(plan!.releaseId, { by: TRAINER, why });
      return { state: 'champion' };
    } catch (error) {
      if (!(error instanceof ShelfRefusal)) throw error;
      return { state: 'left', note: error.message.slice(0, 500) };
    }
  }
}
