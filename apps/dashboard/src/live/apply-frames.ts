import type { LiveBed, LiveResumed, LiveServerFrame, LiveSnapshot, LiveStay, LiveUpdate } from '#wire';
import type { LiveState } from './live-state.js';
import { WARD_SUBSCRIPTION } from './subscriptions.js';

/** A state under construction: its maps are this batch's own copies. */
type Draft = { -readonly [field in keyof LiveState]: LiveState[field] };

interface DraftMaps {
  beds: Map<string, LiveBed>;
  stays: Map<string, LiveStay>;
  positions: Map<string, { epoch: string; sequence: number }>;
  started: Set<string>;
}

/**
 * The state after frames, applied in order. Pure: a batch costs one copy of the maps, whatever its length.
 *
 * A summary or detail with a lower sequence than the one held is older and is ignored, except in a snapshot of the ward, which replaces
 * all beds. A hello of another epoch makes what is held older than anything that will come, since sequences begin anew.
 */
export function applyFrames(state: LiveState, frames: readonly LiveServerFrame[]): LiveState {
  if (frames.length === 0) return state;
  const maps: DraftMaps = {
    beds: new Map(state.beds),
    stays: new Map(state.stays),
    positions: new Map(state.positions),
    started: new Set(state.started),
  };
  const draft: Draft = { ...state, ...maps };
  for (const frame of frames) applyFrame(draft, maps, frame);
  return draft;
}

function applyFrame(draft: Draft, maps: DraftMaps, frame: LiveServerFrame): void {
  if ('clockMs' in frame && frame.clockMs !== undefined) draft.clockMs = frame.clockMs;
  switch (frame.type) {
    case 'hello':
      if (draft.hello && draft.hello.epoch !== frame.epoch) forgetSequences(maps);
      maps.started.clear();
      draft.hello = frame;
      draft.feed = frame.feed;
      return;
    case 'heartbeat':
      draft.feed = frame.feed;
      return;
    case 'snapshot':
      applySnapshot(draft, maps, frame);
      return;
    case 'resumed':
      applyResumed(maps, frame);
      return;
    case 'update':
      applyUpdate(draft, maps, frame);
      return;
    case 'alerts': // kept apart, see applyAlerts
    case 'error':
      return;
  }
}

function applySnapshot(draft: Draft, maps: DraftMaps, frame: LiveSnapshot): void {
  if (frame.subscription === WARD_SUBSCRIPTION) {
    maps.beds = new Map(frame.beds.map((bed) => [bed.stayId, bed]));
    draft.beds = maps.beds;
  } else {
    for (const bed of frame.beds) keepNewer(maps.beds, bed);
  }
  for (const stay of frame.stays) keepNewer(maps.stays, stay);
  start(maps, frame);
}

function applyResumed(maps: DraftMaps, frame: LiveResumed): void {
  merge(maps, frame);
  start(maps, frame);
}

function start(maps: DraftMaps, { subscription, epoch, sequence }: LiveSnapshot | LiveResumed): void {
  maps.positions.set(subscription, { epoch, sequence });
  maps.started.add(subscription);
}

function applyUpdate(draft: Draft, maps: DraftMaps, frame: LiveUpdate): void {
  merge(maps, frame);
  const epoch = draft.hello?.epoch;
  for (const [subscription, position] of maps.positions) {
    if (position.epoch !== epoch || !maps.started.has(subscription)) continue;
    maps.positions.set(subscription, { epoch, sequence: frame.sequence });
  }
}

function merge(maps: DraftMaps, frame: Pick<LiveUpdate, 'beds' | 'stays' | 'removed'>): void {
  for (const bed of frame.beds) keepNewer(maps.beds, bed);
  for (const stay of frame.stays) keepNewer(maps.stays, stay);
  for (const stayId of frame.removed) {
    maps.beds.delete(stayId);
    maps.stays.delete(stayId);
  }
}

function keepNewer<T extends { stayId: string; sequence: number }>(held: Map<string, T>, next: T): void {
  const known = held.get(next.stayId);
  if (known && known.sequence > next.sequence) return;
  held.set(next.stayId, next);
}

function forgetSequences(maps: DraftMaps): void {
  for (const [stayId, bed] of maps.beds) maps.beds.set(stayId, { ...bed, sequence: 0 });
  for (const [stayId, stay] of maps.stays) maps.stays.set(stayId, { ...stay, sequence: 0 });
}
