import type { StayOutcome } from '#clinical';
import type { EventOutcome } from '#wire';

/** The stays of the model. */
export const IDS = ['a', 'b', 'c', 'd'] as const;

/** One of {@link IDS}. */
export type Id = (typeof IDS)[number];
/** What the model knows of a stay. */
export interface Known {
  status: 'live' | 'ended' | 'cancelled' | 'merged';
  bed: string;
  lifeMs: number;
  /** Values by the time since the first admission. */
  values: Map<number, number>;
  priors: Set<Id>;
  withdrawn: boolean;
  survivor?: Id;
  outcome?: StayOutcome;
}

const OVER = { ended: 'stay-ended', cancelled: 'stay-cancelled', merged: 'stay-merged' } as const;

/** What should be of the life of stays: the words of the README, without offsets, snapshots or slots. */
export class Model {
  readonly stays = new Map<Id, Known>();

  admit(id: Id, ms: number): EventOutcome {
    const stay = this.stays.get(id);
    if (!stay) {
      const fresh = { values: new Map<number, number>(), priors: new Set<Id>(), withdrawn: false };
      this.stays.set(id, { status: 'live', bed: 'b', lifeMs: ms, ...fresh });
      return 'applied';
    }
    if (stay.status !== 'live') return OVER[stay.status];
    if (stay.bed === 'b') return 'duplicate';
    return this.newer(stay, ms, () => (stay.bed = 'b'));
  }

  observe(id: Id, ms: number, value: number): EventOutcome {
    return this.whileLive(id, (stay) => {
      stay.values.set(ms, value);
      return 'applied';
    });
  }

  transfer(id: Id, ms: number, bed: string): EventOutcome {
    return this.whileLive(id, (stay) => {
      const moved = stay.bed !== bed;
      const outcome = this.newer(stay, ms, () => (stay.bed = bed));
      return outcome === 'applied' && !moved ? 'duplicate' : outcome;
    });
  }

  end(id: Id, ms: number, outcome: StayOutcome | undefined): EventOutcome {
    const stay = this.stays.get(id);
    if (stay?.status !== 'ended') return this.whileLive(id, (live) => this.newer(live, ms, () => ended(live, outcome)));
    return this.newer(stay, ms, () => ended(stay, outcome ?? stay.outcome));
  }

  cancelAdmission(id: Id): EventOutcome {
    const stay = this.stays.get(id);
    if (!stay) return 'stay-unknown';
    if (stay.status === 'merged') return 'stay-merged';
    if (stay.status === 'cancelled') return 'duplicate';
    stay.status = 'cancelled';
    return 'applied';
  }

  cancelDischarge(id: Id, ms: number): EventOutcome {
    const stay = this.stays.get(id);
    if (stay?.status !== 'ended') {
      return this.whileLive(id, (live) => (ms < live.lifeMs ? 'outranked' : 'nothing-to-cancel'));
    }
    return this.newer(stay, ms, () => {
      stay.status = 'live';
      delete stay.outcome;
    });
  }

  merge(id: Id, survivor: Id): EventOutcome {
    const stay = this.stays.get(id);
    if (id === survivor) return 'merge-refused';
    if (stay?.status === 'merged') return stay.survivor === survivor ? 'duplicate' : 'merge-refused';
    if (!stay) return 'stay-unknown';
    if (stay.status === 'cancelled') return 'stay-cancelled';
    if (stay.priors.has(survivor)) return 'merge-refused';
    stay.status = 'merged';
    stay.survivor = survivor;
    this.handOver(stay, id, survivor, [id]);
    return 'applied';
  }

  withdraw(id: Id): EventOutcome {
    const stay = this.stays.get(id);
    if (stay?.withdrawn) return 'duplicate';
    if (stay) stay.withdrawn = true;
    if (stay?.survivor) this.withdraw(stay.survivor);
    return 'applied';
  }

  private handOver(prior: Known, priorId: Id, to: Id, through: readonly Id[]): void {
    const stay = this.stays.get(to);
    if (stay?.survivor && !through.includes(stay.survivor)) {
      return this.handOver(prior, priorId, stay.survivor, [...through, to]);
    }
    if (stay?.status !== 'live' && stay?.status !== 'ended') return;
    const priors = new Set([...stay.priors, priorId, ...prior.priors]);
    if (priors.has(to)) return;
    stay.priors = priors;
    stay.withdrawn ||= prior.withdrawn;
    for (const [atMs, value] of prior.values) stay.values.set(atMs, value);
  }

  private whileLive(id: Id, then: (stay: Known) => EventOutcome): EventOutcome {
    const stay = this.stays.get(id);
    if (!stay) return 'stay-unknown';
    return stay.status === 'live' ? then(stay) : OVER[stay.status];
  }

  private newer(stay: Known, ms: number, then: () => unknown): EventOutcome {
    if (ms < stay.lifeMs) return 'outranked';
    stay.lifeMs = ms;
    then();
    return 'applied';
  }
}

function ended(stay: Known, outcome: StayOutcome | undefined): void {
  stay.status = 'ended';
  if (outcome) stay.outcome = outcome;
}
