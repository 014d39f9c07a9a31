import type { PlacedInput } from '../steps/apply-input.js';
import { Fifo } from './fifo.js';

/** An input and its time on the partition's clock. */
export interface TimedInput extends PlacedInput {
  readonly atMs: number;
}

/** How far each list of a {@link TimeOrder} has surely come. */
export interface OrderLimits {
  /** No bedside event before this time is still to come. */
  readonly scoresUntilMs: number;
  /** No score before this time is still to come. */
  readonly bedsideUntilMs: number;
  /** Neither is to come before this time, or commands need not wait for them. */
  readonly commandsUntilMs: number;
}

/**
 * Joins the scores, bedside events and commands of a partition in the order of their times, as a merge of sorted lists.
 *
 * The end of a stay stands on the log long before the scores of its last hours are computed, so an event waits for the scores to come to
 * its time; and a score waits for the event that brought it about, which is on its way. At the same time a score comes before an event,
 * and both before a command.
 */
export class TimeOrder {
  private readonly scores = new Fifo<TimedInput>();
  private readonly bedside = new Fifo<TimedInput>();
  private readonly commands = new Fifo<TimedInput>();

  /** Inputs that wait. */
  get size(): number {
    return this.scores.size + this.bedside.size + this.commands.size;
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

  addCommand(input: TimedInput): void {
    this.commands.add(input);
  }

  /** Takes the next input whose turn has surely come. */
  take(limits: OrderLimits): TimedInput | undefined {
    const list = this.ready(limits);
    const command = this.commands.first;
    if (!command) return list?.take();
    const isNext = list?.first ? command.atMs < list.first.atMs : command.atMs <= limits.commandsUntilMs;
    return isNext ? this.commands.take() : list?.take();
  }

  /** Time of the oldest score that waits; -Infinity when none does. */
  get firstScoreMs(): number {
    return this.scores.first?.atMs ?? -Infinity;
  }

  /** Position of the oldest score that waits. */
  get firstScoreOffset(): bigint | undefined {
    return this.scores.first?.offset;
  }

  /** Position of the oldest bedside event that waits. */
  get firstBedsideOffset(): bigint | undefined {
    return this.bedside.first?.offset;
  }

  /** Position of the oldest command that waits. */
  get firstCommandOffset(): bigint | undefined {
    return this.commands.first?.offset;
  }

  /** The list of scores or of bedside events whose first is the next of both. */
  private ready({ scoresUntilMs, bedsideUntilMs }: OrderLimits): Fifo<TimedInput> | undefined {
    const [score, event] = [this.scores.first, this.bedside.first];
    if (event && (score ? event.atMs < score.atMs : event.atMs <= bedsideUntilMs)) return this.bedside;
    return score && score.atMs <= scoresUntilMs ? this.scores : undefined;
  }
}
