import type { LiveBed, LiveFeed, LiveHello, LivePosition, LiveStay } from '#wire';

/** Everything that the page knows from the live protocol. A value is replaced, never changed in place. */
export interface LiveState {
  /** Of the connection in use, or of the last one. */
  readonly hello: LiveHello | undefined;
  /** The log's clock in the newest frame that had one; ages count against it. */
  readonly clockMs: number | undefined;
  readonly feed: LiveFeed | undefined;
  /** Summaries by stay. */
  readonly beds: ReadonlyMap<string, LiveBed>;
  /** Details by stay: of the stays that were opened. */
  readonly stays: ReadonlyMap<string, LiveStay>;
  /** How far each subscription has been read, by its name: what `since` says after a loss of the connection. */
  readonly positions: ReadonlyMap<string, LivePosition>;
  /** Names of the subscriptions that have started on the connection in use: what it tells, it tells of those alone. */
  readonly started: ReadonlySet<string>;
}

/** What the page knows before the first frame. */
export const NOTHING_YET: LiveState = {
  hello: undefined,
  clockMs: undefined,
  feed: undefined,
  beds: new Map(),
  stays: new Map(),
  positions: new Map(),
  started: new Set(),
};

/** The state without a stay's detail and its subscription's position: the page keeps details only of the stay that is looked at. */
export function withoutStay(state: LiveState, stayId: string, subscription: string): LiveState {
  const stays = new Map(state.stays);
  const positions = new Map(state.positions);
  stays.delete(stayId);
  positions.delete(subscription);
  const started = new Set(state.started);
  started.delete(subscription);
  return { ...state, stays, positions, started };
}
