import { OutcomeTally } from '#service';
import type { EventLog } from '#stream';
import { TOPICS } from '#wire';
import type { Registry } from 'prom-client';
import type { PartitionStays } from '../stays/partition-stays.js';
import type { StayState } from '../stays/stay-state.js';
import { assembleScore } from '../steps/assemble-score.js';
import { assembleWindow, type DueWindow } from '../steps/assemble-window.js';
import { publishScores } from '../steps/publish-scores.js';
import { scoreWindows } from '../steps/score-windows.js';
import type { ReleaseSeat, ShadowSeat } from './served-releases.js';
import { isInShadowShare } from './shadow-share.js';

/** The closed set of ends that a shadow's window can come to. */
export const SHADOW_OUTCOMES = ['scored', 'refused', 'dropped', 'abandoned', 'failed'] as const;

/** One of {@link SHADOW_OUTCOMES}; `dropped` ones gave way to live windows. */
export type ShadowOutcome = (typeof SHADOW_OUTCOMES)[number];

/** What became of the windows of shadows since the start. */
export type ShadowTally = Readonly<Record<ShadowOutcome | 'waiting', number>>;

/** What the lane works with. */
export interface ShadowLaneParts {
  readonly log: EventLog;
  readonly metrics: Registry;
  /** Whether the live work leaves time for a batch. */
  readonly mayRun: () => boolean;
  /** Whether the partition is still ours; asked before anything is published. */
  readonly isHeld: (stays: PartitionStays) => boolean;
  /** Told of what kept a batch from being scored; live scores are not touched by it. */
  readonly onTrouble: (error: unknown) => void;
}

interface ShadowWindow {
  readonly window: DueWindow;
  readonly stays: PartitionStays;
  readonly seat: ReleaseSeat;
}

/** Windows that may wait; about 30 KiB each. */
const QUEUE_WINDOWS = 64;
/** Small, since a live window may come while a batch is in hand. */
const BATCH_WINDOWS = 4;

/**
 * Has shadows score their share of the due windows, while nothing live waits. Its scores go to `shadow-scores`, which nobody shows; what
 * there is no time for is dropped and counted, and what waits at a crash is lost.
 */
export class ShadowLane {
  private waiting: ShadowWindow[] = [];
  private busy = false;
  private readonly counts: OutcomeTally<ShadowOutcome>;

  constructor(private readonly parts: ShadowLaneParts) {
    this.counts = new OutcomeTally({
      ...{ registry: parts.metrics, name: 'vigil_shadow_windows_total', outcomes: SHADOW_OUTCOMES },
      help: 'Windows of shadow releases by the outcome that they ended in',
    });
  }

  /** A copy of the counts. */
  read(): ShadowTally {
    return { ...this.counts.read(), waiting: this.waiting.length + Number(this.busy) };
  }

  /** Takes a due window for each shadow whose share it is in, or drops it when too many wait. Never waits itself. */
  offer(stays: PartitionStays, state: StayState, shadows: readonly ShadowSeat[]): void {
    const dueAtMs = state.window.eventTimeMs ?? state.stay.admittedAtMs;
    for (const { seat, share } of shadows) {
      if (!isInShadowShare(state.stay.stayId, dueAtMs, share)) continue;
      if (this.waiting.length >= QUEUE_WINDOWS) {
        this.counts.count('dropped');
        continue;
      }
      seat.hold();
      this.waiting.push({ stays, seat, window: assembleWindow(state, seat.scorer.release) });
    }
  }

  /** Starts a batch when there is one and nothing live waits. Never waits itself. */
  pump(): void {
    const [first] = this.waiting;
    if (!first || this.busy || !this.parts.mayRun()) return;
    const batch = this.waiting.filter(({ seat }) => seat === first.seat).slice(0, BATCH_WINDOWS);
    const taken = new Set(batch);
    this.waiting = this.waiting.filter((window) => !taken.has(window));
    this.busy = true;
    void this.run(batch, first.seat);
  }

  /** Drops what waits. */
  stop(): void {
    for (const { seat } of this.waiting) seat.letGo();
    this.counts.count('dropped', this.waiting.length);
    this.waiting = [];
  }

  private async run(batch: readonly ShadowWindow[], seat: ReleaseSeat): Promise<void> {
    try {
      await this.scoreAndPublish(batch, seat);
    } catch (error) {
      this.counts.count('failed', batch.length);
      this.parts.onTrouble(error);
    }
    for (const window of batch) window.seat.letGo();
    this.busy = false;
    this.pump();
  }

  private async scoreAndPublish(batch: readonly ShadowWindow[], { scorer }: ReleaseSeat): Promise<void> {
    const held = batch.filter(({ stays }) => this.parts.isHeld(stays));
    const scored = await scoreWindows(
      held.map(({ window }) => window),
      scorer,
    );
    const stillHeld = new Set(held.filter(({ stays }) => this.parts.isHeld(stays)).map(({ window }) => window));
    const ours = scored.filter(({ window }) => stillHeld.has(window));
    const finished = ours.map((one) => ({ window: one.window, score: assembleScore(one, scorer.release) }));
    if (finished.length > 0) await publishScores(this.parts.log, finished, TOPICS.shadowScores);
    this.counts.count('abandoned', batch.length - ours.length);
    for (const { score } of finished) this.counts.count(score.risk ? 'scored' : 'refused');
  }
}
