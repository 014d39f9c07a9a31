import type { LiveBed, LiveHello, LiveSnapshot, LiveUpdate } from '#wire';
import { LIVE_DISCLAIMER, LIVE_PROTOCOL_VERSION } from '#wire';

/** A bed summary with what a test says of it. */
export function bedWith(fields: Partial<LiveBed> & Pick<LiveBed, 'stayId'>): LiveBed {
  return {
    site: 'north',
    ward: 'icu',
    bed: fields.stayId,
    admittedAtMs: 0,
    sequence: 1,
    technicalState: 'live',
    riskTrend: [],
    ...fields,
  };
}

/** A hello of an epoch. */
export function helloOf(epoch: string, fields: Partial<LiveHello> = {}): LiveHello {
  return {
    type: 'hello',
    protocol: LIVE_PROTOCOL_VERSION,
    server: { name: 'vigil', version: '0' },
    disclaimer: LIVE_DISCLAIMER,
    epoch,
    sequence: 0,
    heartbeatMs: 5_000,
    ages: { staleAfterMs: 1, silentAfterMs: 2, scoreOverdueAfterMs: 3, feedSilentAfterMs: 4 },
    limits: { maxFrameBytes: 1, maxSubscriptions: 1, maxFramesPerMinute: 1 },
    feed: { state: 'flowing', truncated: false },
    ...fields,
  };
}

/** A snapshot of a subscription. */
export function snapshotOf(subscription: string, beds: LiveBed[], fields: Partial<LiveSnapshot> = {}): LiveSnapshot {
  return { type: 'snapshot', subscription, epoch: 'a', sequence: 1, beds, stays: [], ...fields };
}

/** An update up to a sequence. */
export function updateOf(sequence: number, beds: LiveBed[], fields: Partial<LiveUpdate> = {}): LiveUpdate {
  return { type: 'update', sequence, beds, stays: [], removed: [], ...fields };
}
