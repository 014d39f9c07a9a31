import type { ReplayClock } from './replay-clock.js';

/** The simulated clock: runs `speed` times as fast as the wall clock and can stand still. */
export class ReplayPace {
  readonly #clock: ReplayClock;
  readonly #speed: number;
  #basisSimulatedMs: number;
  #basisWallMs: number | undefined;
  #standing = false;

  /**
   * @param speed simulated seconds a second; Infinity never waits
   * @param startMs simulated time from which it runs; what is earlier is due at once
   */
  constructor(clock: ReplayClock, speed: number, startMs: number) {
    this.#clock = clock;
    this.#speed = speed;
    this.#basisSimulatedMs = startMs;
  }

  /** Wall milliseconds until this simulated time, 0 when it has come. The first time asked for that is not yet due starts the clock. */
  waitMs(timeMs: number): number {
    if (this.#speed === Infinity || timeMs <= this.#basisSimulatedMs) return 0;
    if (!this.#standing) this.#basisWallMs ??= this.#clock.nowMs();
    return Math.max(0, (timeMs - this.#simulatedMs()) / this.#speed);
  }

  /** Stops the simulated clock. */
  stand(): void {
    if (this.#standing) return;
    this.#basisSimulatedMs = this.#simulatedMs();
    this.#standing = true;
  }

  /** Lets the simulated clock run on from where it stands. */
  run(): void {
    if (!this.#standing) return;
    this.#standing = false;
    if (this.#basisWallMs !== undefined) this.#basisWallMs = this.#clock.nowMs();
  }

  #simulatedMs(): number {
    if (this.#standing || this.#basisWallMs === undefined || this.#speed === Infinity) return this.#basisSimulatedMs;
    return this.#basisSimulatedMs + (this.#clock.nowMs() - this.#basisWallMs) * this.#speed;
  }
}
