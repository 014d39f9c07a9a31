import { setImmediate as turn } from 'node:timers/promises';
import { TOPICS, type BinaryEvent } from '#wire';
import { appendStubbornly } from './append-stubbornly.js';
import { mergeStays, type MergedEvent } from './merge-stays.js';
import { ReplayGate } from './replay-gate.js';
import type { ReplayOptions } from './replay-options.js';
import { ReplayPace } from './replay-pace.js';
import { planReplay, type ReplayPlan } from './plan-replay.js';
import type { ReplayProgress, ReplayState } from './replay-progress.js';
import { eventAt, eventCount } from './stay-events.js';

const SAVE_EVERY_MS = 250;

/** Shorter waits are rounded up to this, so that events that are due closely together ride in one batch. */
const LEAST_WAIT_MS = 20;

/**
 * One replay: puts recorded stays on `bedside-events` in the order in which their values became available.
 *
 * The next batch waits until the log has taken the one before. The position is saved after appended batches, so after a crash at most
 * the batches of the last quarter second are sent again, as the same events. A session runs once.
 */
export class ReplaySession {
  readonly #options: ReplayOptions;
  readonly #gate = new ReplayGate();
  #state: ReplayState = 'ready';
  #plan: ReplayPlan | undefined;
  #pace: ReplayPace | undefined;
  #batch: BinaryEvent[] = [];
  #batchEndMs = 0;
  #appended = 0;
  #admitted = 0;
  #ended = 0;
  #simulatedMs = 0;
  #savedAtMs = -Infinity;
  #startedAtMs: number | undefined;
  #endedAtMs: number | undefined;

  constructor(options: ReplayOptions) {
    this.#options = options;
  }

  /**
   * Replays to the end or until stopped; resolves with how far it came.
   *
   * @throws ReplayError when it cannot start or the log takes no more; DatasetError when the stays cannot be read
   */
  async run(): Promise<ReplayProgress> {
    if (this.#state !== 'ready') throw new Error(`a replay runs once; this one is ${this.#state}`);
    this.#state = 'running';
    try {
      this.#plan = await planReplay(this.#options, this.#gate.stopped);
      if (this.#plan !== undefined) await this.#begin(this.#plan);
      this.#state = this.#gate.isStopped ? 'stopped' : 'finished';
    } catch (error) {
      this.#state = 'failed';
      throw error;
    } finally {
      this.#endedAtMs = this.#options.clock.nowMs();
    }
    return this.progress();
  }

  async #begin(plan: ReplayPlan): Promise<void> {
    this.#startedAtMs = this.#options.clock.nowMs();
    this.#options.onPlan?.(plan.survey);
    this.#appended = plan.skipEvents;
    this.#simulatedMs = plan.placement.anchorMs;
    await this.#replay(plan);
  }

  /** Stands still after the batch in hand, the simulated clock too. */
  pause(): void {
    this.#pace?.stand();
    this.#gate.close();
  }

  /** Goes on after a pause. */
  resume(): void {
    this.#pace?.run();
    this.#gate.open();
  }

  /** Ends the replay after the batch in hand, or the stay that is being counted; `run` then resolves. It can be resumed by another session. */
  stop(): void {
    this.#gate.stop();
  }

  /** How far it has come. */
  progress(): ReplayProgress {
    const survey = this.#plan?.survey;
    return {
      state: this.#state === 'running' && this.#gate.isClosed ? 'paused' : this.#state,
      stays: survey?.stays ?? 0,
      admittedStays: this.#admitted,
      endedStays: this.#ended,
      events: survey?.events ?? 0,
      appendedEvents: this.#appended,
      earlierEvents: this.#plan?.skipEvents ?? 0,
      runningMs: this.#runningMs(),
      simulatedMs: this.#simulatedMs,
      anchorMs: this.#plan?.placement.anchorMs ?? 0,
    };
  }

  #runningMs(): number {
    const nowMs = this.#endedAtMs ?? this.#options.clock.nowMs();
    return nowMs - (this.#startedAtMs ?? nowMs);
  }

  async #replay(plan: ReplayPlan): Promise<void> {
    const { source, maxBatchEvents = 1000 } = this.#options;
    let seen = 0;
    for await (const event of mergeStays(source, plan.placement)) {
      seen += 1;
      if (seen <= plan.skipEvents) {
        this.#count(event);
        this.#simulatedMs = event.timeMs;
        continue;
      }
      this.#pace ??= this.#startPace(event.timeMs, plan);
      const mustWait = this.#gate.isClosed || this.#pace.waitMs(event.timeMs) > 0;
      if (mustWait || this.#batch.length >= maxBatchEvents) await this.#flush();
      if (mustWait) await this.#untilDue(event.timeMs, this.#pace);
      if (this.#gate.isStopped) break;
      this.#batch.push(eventAt(event.recorded, event.position));
      this.#batchEndMs = event.timeMs;
      this.#count(event);
    }
    await this.#flush();
    await this.#save();
  }

  /** A resumed replay starts its clock at the next event, another one at the end of the fast-forward. */
  #startPace(firstMs: number, { placement, skipEvents }: ReplayPlan): ReplayPace {
    const { clock, speed = Infinity, fastForwardMs = 0 } = this.#options;
    const startMs = placement.anchorMs + fastForwardMs;
    const pace = new ReplayPace(clock, speed, skipEvents > 0 ? Math.max(startMs, firstMs) : startMs);
    if (this.#gate.isClosed) pace.stand();
    return pace;
  }

  async #untilDue(timeMs: number, pace: ReplayPace): Promise<void> {
    for (;;) {
      await this.#gate.passed();
      const waitMs = pace.waitMs(timeMs);
      if (waitMs <= 0 || this.#gate.isStopped) return;
      await this.#options.clock.sleep(Math.max(waitMs, LEAST_WAIT_MS), this.#gate.changed);
    }
  }

  async #flush(): Promise<void> {
    if (this.#batch.length === 0) return;
    const { log, clock } = this.#options;
    await appendStubbornly(log, TOPICS.bedsideEvents, this.#batch, clock, this.#gate.stopped);
    this.#appended += this.#batch.length;
    this.#simulatedMs = this.#batchEndMs;
    this.#batch = [];
    // A log that answers at once must not keep signals and timers from their turn.
    await turn();
    if (clock.nowMs() - this.#savedAtMs >= SAVE_EVERY_MS) await this.#save();
  }

  async #save(): Promise<void> {
    const { placement, survey } = this.#plan!;
    const { anchorMs } = placement;
    const { planDigest } = survey;
    const { progressStore, logName } = this.#options;
    await progressStore.save({
      ...{ version: 1, planDigest, anchorMs, appendedEvents: this.#appended },
      ...(logName === undefined ? {} : { log: logName }),
    });
    this.#savedAtMs = this.#options.clock.nowMs();
  }

  #count({ recorded, position }: MergedEvent): void {
    if (position === 0) this.#admitted += 1;
    if (position === eventCount(recorded) - 1) this.#ended += 1;
  }
}
