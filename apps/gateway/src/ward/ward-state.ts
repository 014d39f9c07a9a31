import type {
  DischargeCancelled,
  LiveTarget,
  ObservationEvent,
  RiskScore,
  StayAdmitted,
  StayEnded,
  StayTransferred,
} from '#wire';
import type { AgesPolicy } from './ages-policy.js';
import { applyAdmission, applyEnd, applyReopening, applyTransfer, type LifeOutcome } from './apply-life.js';
import { applyObservation, type ObservationOutcome } from './apply-observation.js';
import { applyScore, type ScoreOutcome } from './apply-score.js';
import { BoundedSet } from './bounded-set.js';
import { Departures, type Departure } from './departures.js';
import { GivenUpStays } from './given-up-stays.js';
import { newStayRecord, type StayPlace, type StayRecord } from './stay-record.js';
import { technicalStateOf } from './technical-state.js';
import { UnplacedStays } from './unplaced-stays.js';

/** Bounds of a {@link WardState}. */
export interface WardStateOptions {
  readonly ages: AgesPolicy;
  /**
   * Largest number of stays shown. When it is reached, ended stays give way, oldest end first; without any, new stays are left out and `truncated` says so.
   * @default 5_000
   */
  readonly maxStays?: number;
  /**
   * How long an ended stay is still shown, on the log's clock, milliseconds.
   * @default 86_400_000
   */
  readonly keepEndedMs?: number;
  /**
   * Number of departures that a resuming client can still be told of.
   * @default 1_000
   */
  readonly rememberDepartures?: number;
}

/** A change that clients may have to hear of. */
export interface StayChange {
  readonly stay: StayRecord;
  /** The stay is no longer shown at all. */
  readonly removed: boolean;
  /** The ward that the stay has just left for another. */
  readonly movedFrom?: { readonly site: string; readonly ward: string };
}

/** Ends of messages that do not reach a stay. */
type Unplaced = 'stay-unknown' | 'left-out' | 'stay-gone';

/** Stays given up whose messages must not bring them back. */
const REMEMBER_GIVEN_UP = 20_000;
/** Removed stays whose late messages must not bring them back. */
const REMEMBER_GONE = 20_000;
/** Stays left out for want of room that are remembered. */
const REMEMBER_LEFT_OUT = 10_000;
/** Wards that are known although their last stay has left. */
const REMEMBER_WARDS = 10_000;

/**
 * The ward as it is shown: every stay with its newest score and observations, in a sequence of changes. Pure but for its own state: time is given.
 *
 * Memory is bounded by `maxStays`: about as much a stay as the text of its newest score.
 */
export class WardState {
  private readonly stays = new Map<string, StayRecord>();
  private readonly departures: Departures;
  private readonly gone = new BoundedSet<string>(REMEMBER_GONE);
  private readonly givenUp = new GivenUpStays(REMEMBER_GIVEN_UP);
  private readonly unplaced: UnplacedStays;
  private readonly wards = new BoundedSet<string>(REMEMBER_WARDS);
  private readonly listeners = new Set<(change: StayChange) => void>();
  private readonly maxStays: number;
  private readonly keepEndedMs: number;
  private lastSequence = 0;
  private readonly leftOut = new BoundedSet<string>(REMEMBER_LEFT_OUT);
  private newestRelease: { readonly releaseId: string; readonly releaseStage: RiskScore['releaseStage'] } | undefined;
  private newestReleaseAtMs = -Infinity;

  constructor(private readonly options: WardStateOptions) {
    this.departures = new Departures(options.rememberDepartures ?? 1_000);
    this.maxStays = options.maxStays ?? 5_000;
    this.keepEndedMs = options.keepEndedMs ?? 86_400_000;
    this.unplaced = new UnplacedStays(this.maxStays);
  }

  /** Number of the last change. */
  get sequence(): number {
    return this.lastSequence;
  }

  /** Whether stays are left out because `maxStays` was reached; one that ends or finds room is left out no longer. */
  get truncated(): boolean {
    return this.leftOut.size > 0;
  }

  get size(): number {
    return this.stays.size;
  }

  /** The release of the newest score by event time. */
  get release(): { readonly releaseId: string; readonly releaseStage: RiskScore['releaseStage'] } | undefined {
    return this.newestRelease;
  }

  /** Calls `listener` after every change, in order, until the returned function is called. */
  onChange(listener: (change: StayChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  stay(stayId: string): StayRecord | undefined {
    return this.stays.get(stayId);
  }

  /** Whether a target makes sense: the stay is shown, or the ward has had stays. */
  knows(target: LiveTarget): boolean {
    if (target.kind === 'stay') return this.stays.has(target.stayId);
    return target.kind === 'all' || this.wards.has(wardKey(target));
  }

  /** The stays of a target. */
  *staysOf(target: LiveTarget): Iterable<StayRecord> {
    if (target.kind === 'stay') {
      const stay = this.stays.get(target.stayId);
      if (stay !== undefined) yield stay;
      return;
    }
    for (const stay of this.stays.values()) if (isIn(stay, target)) yield stay;
  }

  /** Departures after a sequence, oldest first; undefined when that is too long ago to tell. */
  departuresSince(sequence: number): readonly Departure[] | undefined {
    return this.departures.since(sequence);
  }

  /** @param loggedAtMs log timestamp of the message, as in the following */
  admit(event: StayAdmitted, clockMs: number, loggedAtMs = clockMs): LifeOutcome | Unplaced {
    this.unplaced.forget(event.stayId); // the scorer, too, takes nothing of what came before an admission
    const known = this.stays.get(event.stayId) ?? this.place(event, clockMs);
    if (typeof known === 'string') return known;
    return this.live(known, clockMs, () => applyAdmission(known, event, loggedAtMs));
  }

  transfer(event: StayTransferred, clockMs: number, loggedAtMs = clockMs): LifeOutcome | Unplaced {
    return this.ofKnown(event.stayId, clockMs, (stay) => applyTransfer(stay, event, loggedAtMs));
  }

  end(event: StayEnded, clockMs: number, loggedAtMs = clockMs): LifeOutcome | Unplaced {
    this.leftOut.delete(event.stayId);
    return this.ofKnown(event.stayId, clockMs, (stay) => applyEnd(stay, event, loggedAtMs));
  }

  /** Lets an ended stay go on. One that is no longer shown appears again with its next score. */
  reopen(event: DischargeCancelled, clockMs: number, loggedAtMs = clockMs): LifeOutcome | Unplaced {
    if (this.gone.delete(event.stayId)) return 'applied';
    return this.ofKnown(event.stayId, clockMs, (stay) => applyReopening(stay, loggedAtMs));
  }

  /**
   * Takes a stay away for good: its admission was cancelled, or another took it up. Also one that is not known, so that its scores do not make it
   * known.
   *
   * @param survivorStayId whom it was merged into; null when its admission was cancelled
   */
  giveUp(stayId: string, survivorStayId: string | null): 'applied' | 'duplicate' | 'not-shown' {
    if (this.givenUp.has(stayId)) return 'duplicate';
    if (survivorStayId !== null && this.givenUp.leadsTo(survivorStayId, stayId)) return 'not-shown';
    this.givenUp.add(stayId, survivorStayId);
    this.unplaced.forget(stayId);
    this.leftOut.delete(stayId);
    const stay = this.stays.get(stayId);
    if (stay) this.remove(stay);
    return 'applied';
  }

  observe(event: ObservationEvent, logTimestampMs: number, clockMs: number): ObservationOutcome | Unplaced {
    const stay = this.stays.get(event.stayId);
    if (stay === undefined) {
      return this.keepUnplaced(event.stayId, (record) => void applyObservation(record, event, logTimestampMs));
    }
    const outcome = applyObservation(stay, event, logTimestampMs);
    if (outcome === 'applied') this.changed(stay, clockMs);
    return outcome;
  }

  /** A score of a stay that is not known yet makes it known: its admission may no longer be on the log. */
  score(event: RiskScore, json: string, clockMs: number): ScoreOutcome | Unplaced {
    const stay = this.stays.get(event.stayId) ?? this.place(event, clockMs);
    if (typeof stay === 'string') return stay;
    const outcome = applyScore(stay, event, json, clockMs);
    if (outcome !== 'duplicate') this.changed(stay, clockMs);
    if (event.dueAtMs >= this.newestReleaseAtMs) {
      this.newestReleaseAtMs = event.dueAtMs;
      this.newestRelease = { releaseId: event.releaseId, releaseStage: event.releaseStage };
    }
    return outcome;
  }

  /** Brings technical states up to the clock and removes stays that ended long ago. Call it every second or so. */
  sweep(clockMs: number): void {
    for (const stay of this.stays.values()) {
      if (stay.endedAtMs !== undefined && clockMs - stay.endedAtMs >= this.keepEndedMs) this.remove(stay);
      else if (technicalStateOf(stay, clockMs, this.options.ages) !== stay.technicalState) this.changed(stay, clockMs);
    }
  }

  private ofKnown(stayId: string, clockMs: number, apply: (stay: StayRecord) => LifeOutcome): LifeOutcome | Unplaced {
    const stay = this.stays.get(stayId);
    if (stay === undefined) return this.keepUnplaced(stayId, (record) => void apply(record));
    return this.live(stay, clockMs, () => apply(stay));
  }

  /** Applies a message about a stay's life and tells of the change. */
  private live(stay: StayRecord, clockMs: number, apply: () => LifeOutcome): LifeOutcome {
    const { site, ward } = stay;
    const outcome = apply();
    const moved = stay.site !== site || stay.ward !== ward;
    if (outcome === 'applied') this.changed(stay, clockMs, moved ? { site, ward } : undefined);
    return outcome;
  }

  private place(place: StayPlace, clockMs: number): StayRecord | Unplaced {
    if (this.gone.has(place.stayId) || this.givenUp.has(place.stayId)) return 'stay-gone';
    if (this.stays.size >= this.maxStays) this.makeRoom(clockMs);
    if (this.stays.size >= this.maxStays) {
      this.leftOut.add(place.stayId);
      return 'left-out';
    }
    const stay = this.unplaced.take(place) ?? newStayRecord(place);
    this.stays.set(stay.stayId, stay);
    this.leftOut.delete(stay.stayId);
    return stay;
  }

  /** Removes the ended stays that are due, else the one that ended first. */
  private makeRoom(clockMs: number): void {
    this.sweep(clockMs);
    if (this.stays.size < this.maxStays) return;
    let first: StayRecord | undefined;
    for (const stay of this.stays.values()) {
      if (stay.endedAtMs !== undefined && stay.endedAtMs < (first?.endedAtMs ?? Infinity)) first = stay;
    }
    if (first !== undefined) this.remove(first);
  }

  /** Keeps what is heard of a stay that is not known until a score makes it known. */
  private keepUnplaced(stayId: string, apply: (record: StayRecord) => void): 'stay-gone' | 'stay-unknown' {
    if (this.gone.has(stayId) || this.givenUp.has(stayId)) return 'stay-gone';
    apply(this.unplaced.of(stayId));
    return 'stay-unknown';
  }

  private changed(
    stay: StayRecord,
    clockMs: number,
    movedFrom?: { readonly site: string; readonly ward: string },
  ): void {
    stay.technicalState = technicalStateOf(stay, clockMs, this.options.ages);
    stay.sequence = ++this.lastSequence;
    this.wards.add(wardKey(stay));
    stay.bedJson = undefined;
    stay.stayJson = undefined;
    if (movedFrom !== undefined) this.departures.add({ sequence: stay.sequence, stayId: stay.stayId, ...movedFrom });
    this.tell({ stay, removed: false, ...(movedFrom === undefined ? {} : { movedFrom }) });
  }

  private remove(stay: StayRecord): void {
    this.stays.delete(stay.stayId);
    this.gone.add(stay.stayId);
    const { stayId, site, ward } = stay;
    this.departures.add({ sequence: ++this.lastSequence, stayId, site, ward });
    this.tell({ stay, removed: true });
  }

  private tell(change: StayChange): void {
    for (const listener of this.listeners) listener(change);
  }
}

function wardKey({ site, ward }: { readonly site: string; readonly ward: string }): string {
  return JSON.stringify([site, ward]);
}

/** Whether a place belongs to a target. */
export function isIn(place: { stayId: string; site: string; ward: string }, target: LiveTarget): boolean {
  if (target.kind === 'all') return true;
  if (target.kind === 'stay') return place.stayId === target.stayId;
  return place.site === target.site && place.ward === target.ward;
}
