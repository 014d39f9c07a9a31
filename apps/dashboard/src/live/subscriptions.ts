import type { LiveTarget } from '#wire';

/** Name of the subscription to every bed. */
export const WARD_SUBSCRIPTION = 'beds';

const STAY_PREFIX = 'stay-';

/** A subscription that the page wants to hold. */
export interface WantedSubscription {
  readonly subscription: string;
  readonly target: LiveTarget;
}

/** The subscription to every bed. */
export const EVERY_BED: WantedSubscription = { subscription: WARD_SUBSCRIPTION, target: { kind: 'all' } };

/**
 * A subscription to one stay. `turn` makes the name unlike earlier ones, so that frames that were on their way for an ended subscription
 * are not taken for this one's.
 */
export function oneStay(stayId: string, turn: number): WantedSubscription {
  return { subscription: `${STAY_PREFIX}${turn}`, target: { kind: 'stay', stayId } };
}
