import type { Alert } from '#wire';
import type { AlertSink, SinkAnswer } from '../alert-sink.js';
import type { DeliveryClock } from '../delivery-clock.js';
import type { DeliveryPolicy } from '../delivery-policy.js';
import { backOffMs } from './back-off.js';
import { Circuit, type CircuitState } from './circuit.js';
import type { OutboxEntry, Verdict } from './outbox-entry.js';
import { StayLanes, type StayLane } from './stay-lanes.js';

/** What a {@link SinkCourier} is made with. */
export interface SinkCourierParts {
  readonly sink: AlertSink;
  readonly policy: DeliveryPolicy;
  readonly clock: DeliveryClock;
  /** In [0, 1). */
  readonly random: () => number;
  /** Whether the transition, or a later one of its alert, has ended already. */
  readonly hasEnded: (entry: OutboxEntry) => boolean;
  /** Makes the end of a delivery durable. Rejects when it could not be: it is asked again later. */
  readonly record: (entry: OutboxEntry, verdict: Verdict) => Promise<void>;
  /** An attempt has failed and is made again. */
  readonly onRetry: () => void;
  /** Alerts that are not over, for sinks that repeat. */
  readonly openAlerts: () => readonly Alert[];
}

/**
 * Carries what waits to one sink: the transitions of a stay in order, several stays at once, again after failures, not at all while the circuit rests. Knows
 * nothing of the log.
 */
export class SinkCourier {
  private readonly lanes = new StayLanes();
  private readonly circuit: Circuit;
  private readonly held = new Set<string>();
  private underWay = 0;
  private askedPauseUntilMs = 0;
  private cancelWake: (() => void) | undefined;
  private cancelRepeat: (() => void) | undefined;
  private closed = false;
  private onIdle: (() => void) | undefined;

  constructor(private readonly parts: SinkCourierParts) {
    this.circuit = new Circuit(parts.policy);
  }

  /** Deliveries that wait or are under way. */
  get size(): number {
    return this.lanes.size;
  }

  get circuitState(): CircuitState {
    return this.circuit.stateAt(this.parts.clock.nowMs());
  }

  /** What waits, for whoever looks. */
  waiting(): Iterable<{ readonly entry: OutboxEntry; readonly lane: StayLane }> {
    return this.lanes.waiting();
  }

  /** Whether a transition of the alert waits or is under way. */
  holds(alert: Pick<Alert, 'stayId' | 'alertId'>): boolean {
    return this.lanes.holds(alert);
  }

  /** Begins to repeat what holds, where the sink wants that. */
  start(): void {
    this.repeatLater();
  }

  /** @returns entries that the new one took the place of */
  add(entry: OutboxEntry): readonly OutboxEntry[] {
    const replaced = this.lanes.add(entry, this.parts.sink.wants === 'newest-state');
    this.pump();
    return replaced;
  }

  dropRevoked(): void {
    this.lanes.dropRevoked();
  }

  /** Starts nothing more; resolves when what is under way was answered, or after `withinMs`. */
  async close(withinMs: number): Promise<void> {
    this.closed = true;
    this.cancelWake?.();
    this.cancelRepeat?.();
    if (this.underWay === 0) return;
    await new Promise<void>((resolve) => {
      const cancel = this.parts.clock.after(withinMs, resolve);
      this.onIdle = () => {
        cancel();
        resolve();
      };
    });
  }

  private pump(): void {
    this.cancelWake?.();
    this.cancelWake = undefined;
    const { policy, clock } = this.parts;
    while (!this.closed && this.underWay < policy.concurrency) {
      const nowMs = clock.nowMs();
      const restMs = Math.max(this.askedPauseUntilMs, this.circuit.restsUntilMs ?? 0);
      if (nowMs < restMs) return this.wakeAt(restMs);
      if (this.circuit.stateAt(nowMs) === 'half-open' && this.underWay > 0) return;
      const lane = this.lanes.next(nowMs, this.held);
      if (lane === undefined) {
        const atMs = this.lanes.nextAfterMs(nowMs);
        return atMs === undefined ? undefined : this.wakeAt(atMs);
      }
      this.begin(() => this.attempt(lane), lane);
    }
  }

  private wakeAt(atMs: number): void {
    const waitMs = Math.max(1, atMs - this.parts.clock.nowMs());
    this.cancelWake = this.parts.clock.after(waitMs, () => this.pump());
  }

  private begin(task: () => Promise<void>, lane?: StayLane): void {
    this.underWay += 1;
    if (lane !== undefined) lane.busy = true;
    void task().finally(() => {
      this.underWay -= 1;
      if (lane !== undefined) lane.busy = false;
      if (this.underWay === 0) this.onIdle?.();
      this.pump();
    });
  }

  private async attempt(lane: StayLane): Promise<void> {
    const entry = lane.entries[0]!;
    if (entry.verdict === undefined && this.parts.hasEnded(entry)) entry.verdict = { end: 'already-ended' };
    if (entry.verdict === undefined) {
      const isTrial = this.circuitState !== 'closed';
      entry.attempts += 1;
      const answer = await answerOf(() => this.parts.sink.deliver(entry));
      if (answer.outcome === 'failed' && !isTrial) entry.failures += 1;
      this.heard(answer);
      entry.verdict = this.verdictOf(entry, answer);
      if (entry.verdict === undefined) lane.notBeforeMs = this.retryAtMs(entry, answer);
    }
    if (entry.progress.revoked) return this.lanes.finish(lane);
    if (entry.verdict === undefined) return this.parts.onRetry();
    try {
      await this.parts.record(entry, entry.verdict);
    } catch (error) {
      entry.problem = error instanceof Error ? error.message : String(error);
      lane.notBeforeMs = this.parts.clock.nowMs() + this.parts.policy.firstPauseMs;
      return;
    }
    this.lanes.finish(lane);
  }

  /** Without a verdict the entry stays first in its lane, which pauses. */
  private verdictOf(entry: OutboxEntry, answer: SinkAnswer): Verdict | undefined {
    if (answer.outcome === 'delivered') return { end: 'delivered' };
    entry.problem = answer.detail;
    if (answer.outcome === 'refused') return { end: 'refused', detail: answer.detail };
    const over = entry.failures >= this.parts.policy.maxAttempts;
    return over ? { end: 'exhausted', detail: answer.detail } : undefined;
  }

  private retryAtMs(entry: OutboxEntry, answer: SinkAnswer): number {
    const { policy, clock, random } = this.parts;
    return clock.nowMs() + Math.max(backOffMs(entry.attempts, policy, random), this.askedPauseMs(answer));
  }

  private askedPauseMs(answer: SinkAnswer): number {
    const askedMs = answer.outcome === 'failed' ? (answer.retryAfterMs ?? 0) : 0;
    return Math.min(askedMs, this.parts.policy.longestAskedPauseMs);
  }

  /** What any answer says about the receiver as a whole. */
  private heard(answer: SinkAnswer): void {
    if (answer.outcome !== 'failed') return this.circuit.answered();
    const nowMs = this.parts.clock.nowMs();
    this.circuit.failed(nowMs);
    const askedMs = this.askedPauseMs(answer);
    if (askedMs > 0) this.askedPauseUntilMs = Math.max(this.askedPauseUntilMs, nowMs + askedMs);
  }

  private repeatLater(): void {
    const { sink, clock } = this.parts;
    if (sink.repeatEveryMs === undefined || this.closed) return;
    this.cancelRepeat = clock.after(sink.repeatEveryMs, () => this.begin(() => this.repeat()));
  }

  /** Repeats the alerts of stays that have nothing under way, and starts nothing of these meanwhile: an old state never overtakes a new one. */
  private async repeat(): Promise<void> {
    const alerts = this.parts.openAlerts().filter(({ stayId }) => !this.lanes.has(stayId));
    if (alerts.length > 0 && this.circuitState !== 'open' && this.parts.clock.nowMs() >= this.askedPauseUntilMs) {
      for (const { stayId } of alerts) this.held.add(stayId);
      this.heard(await answerOf(() => this.parts.sink.repeat(alerts)));
      this.held.clear();
    }
    this.repeatLater();
  }
}

/** A sink that throws has a fault of its own; it is tried again like a receiver that fails, and gives up likewise. */
async function answerOf(ask: () => Promise<SinkAnswer>): Promise<SinkAnswer> {
  try {
    return await ask();
  } catch (error) {
    return { outcome: 'failed', detail: `the sink itself failed: ${error instanceof Error ? error.message : error}` };
  }
}
