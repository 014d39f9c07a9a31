import type { PlacedInput } from '../steps/apply-input.js';
import { Fifo } from './fifo.js';

/** An input and its time on the partition's clock. */
export interface TimedInput extends PlacedInput {
  readonly atMs: number;
}

/**
 * Joins the scores of a partition with its bedside events in the order of their times, as a merge of two sorted lists.
 *
 * The end of a stay stands on the log long before the scores of its last hours are computed, so an event waits for the scores to come to
 * its time; and a score waits for the event that brought it about, which is on its way. At the same time the score comes first.
 */
export class TimeOrder {
  private readonly scores = new Fifo<TimedInput>();
  private readonly bedside = new Fifo<TimedInput>();

  /** Inputs that wait. */
  get size(): number {
    return this.scores.size + this.bedside.size;
  }

  get waitingScores(): number {
    return this.scores.size;
  }

  addScore(input: TimedInput): void {
    this.scores.add(input);
  }

  addBedside(input: TimedInput): void {
    this.bedside.add(input);
  }

  /**
   * Takes the next input whose turn has surely come.
   *
   * @param scoresUntilMs no bedside event before this time is still to come
   * @param bedsideUntilMs no score before this time is still to come
   */
  take(scoresUntilMs: number, bedsideUntilMs: number): TimedInput | undefined {
    const [score, event] = [this.scores.first, this.bedside.first];
    if (event && (score ? event.atMs < score.atMs : event.atMs <= bedsideUntilMs)) return this.bedside.take();
    return score && score.atMs <= scoresUntilMs ? this.scores.take() : undefined;
  }

  /** Position of the oldest score that waits. */
  get firstScoreOffset(): bigint | undefined {
    return this.scores.first?.offset;
  }

  /** Position of the oldest bedside event that waits. */
  get firstBedsideOffset(): bigint | undefined {
    return this.bedside.first?.offset;
  }
}
