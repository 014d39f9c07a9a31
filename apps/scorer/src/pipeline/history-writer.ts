import { HistoryError, type HistoryPoint, type HistoryStore } from '#history';

const POINTS_PER_WRITE = 1_000;
const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 10_000;

/** What a {@link HistoryWriter} is made with. */
export interface HistoryWriterOptions {
  readonly history: HistoryStore;
  /** Waits before a write is tried again. */
  readonly wait: (ms: number) => Promise<void>;
  /** The history refused points for good, which no later attempt can change. */
  readonly onFailure: (error: unknown) => void;
  /** A write failed and will be tried again. */
  readonly onRetry: (error: HistoryError) => void;
  /**
   * Points that may wait; {@link HistoryWriter.room} holds the intake beyond.
   * @default 20_000
   */
  readonly mostWaiting?: number;
}

interface WaitingPoint {
  readonly point: HistoryPoint;
  readonly isOurs: () => boolean;
}

interface Waiter {
  /** Number of points, since the start, that must be durable. */
  readonly target: number;
  resolve(): void;
  reject(error: unknown): void;
}

/** Writes points behind the intake's back, in order, and keeps trying while the history is away. */
export class HistoryWriter {
  private readonly waiting: WaitingPoint[] = [];
  private readonly waiters = new Set<Waiter>();
  private added = 0;
  private written = 0;
  private running = false;
  private stopped = false;
  private failure: { readonly error: unknown } | undefined;

  constructor(private readonly options: HistoryWriterOptions) {}

  /**
   * Takes points; they are durable when {@link flushed} resolves.
   *
   * @param isOurs asked before each attempt: points of a partition that was lost are the new owner's to write, who may have newer scores of the
   *   same due times
   */
  add(points: readonly HistoryPoint[], isOurs: () => boolean = () => true): void {
    for (const point of points) this.waiting.push({ point, isOurs });
    this.added += points.length;
    if (!this.running && !this.failure) void this.run();
  }

  /** Resolves when everything added before the call is durable. */
  flushed(): Promise<void> {
    return this.durable(this.added);
  }

  /** Resolves when more points may be added: at once, or when the history has caught up. */
  room(): Promise<void> {
    return this.durable(this.added - (this.options.mostWaiting ?? 20_000));
  }

  /** Gives up retrying; what was not written is read again from the log at the next start. */
  stop(): void {
    this.stopped = true;
  }

  private durable(target: number): Promise<void> {
    if (this.written >= target) return Promise.resolve();
    if (this.failure) return Promise.reject(this.failure.error);
    return new Promise((resolve, reject) => this.waiters.add({ target, resolve, reject }));
  }

  private async run(): Promise<void> {
    this.running = true;
    try {
      while (this.waiting.length > 0) {
        const taken = this.waiting.slice(0, POINTS_PER_WRITE);
        await this.write(taken);
        this.waiting.splice(0, taken.length);
        this.written += taken.length;
        this.wake(({ target }) => this.written >= target);
      }
    } catch (error) {
      this.failure = { error };
      for (const { reject } of this.waiters) reject(error);
      this.waiters.clear();
      this.options.onFailure(error);
    }
    this.running = false;
  }

  private wake(isDone: (waiter: Waiter) => boolean): void {
    for (const waiter of this.waiters) {
      if (!isDone(waiter)) continue;
      this.waiters.delete(waiter);
      waiter.resolve();
    }
  }

  private async write(taken: readonly WaitingPoint[]): Promise<void> {
    for (let retryMs = FIRST_RETRY_MS; ; retryMs = Math.min(LONGEST_RETRY_MS, retryMs * 2)) {
      const points = taken.filter(({ isOurs }) => isOurs()).map(({ point }) => point);
      try {
        return await this.options.history.write(points);
      } catch (error) {
        if (!(error instanceof HistoryError) || !error.retriable || this.stopped) throw error;
        this.options.onRetry(error);
        await this.options.wait(retryMs);
      }
    }
  }
}
