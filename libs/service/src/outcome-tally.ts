import { Counter, type Registry } from 'prom-client';

/** What an {@link OutcomeTally} counts, and the name of its Prometheus series. */
export interface OutcomeTallyOptions<Outcome extends string, Label extends string> {
  readonly registry: Registry;
  readonly name: string;
  readonly help: string;
  /** The closed set of ends that a thing can come to. */
  readonly outcomes: readonly Outcome[];
  /** Labels beside `outcome`, from closed sets. @default none */
  readonly labelNames?: readonly Label[];
}

type LabelsOf<Label extends string> = [Label] extends [never] ? [] : [labels: Readonly<Record<Label, string>>];

/**
 * Counts the ends of things, once for whoever asks the process and once for Prometheus (label `outcome`).
 *
 * Without further labels every outcome shows from the start, at zero; with them, a series shows once something was counted in it, be it
 * zero times.
 */
export class OutcomeTally<Outcome extends string, Label extends string = never> {
  private readonly counts: Record<Outcome, number>;
  private readonly counter: Counter;

  constructor({ registry, name, help, outcomes, labelNames = [] }: OutcomeTallyOptions<Outcome, Label>) {
    this.counts = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<Outcome, number>;
    this.counter = new Counter({ name, help, labelNames: [...labelNames, 'outcome'], registers: [registry] });
    if (labelNames.length === 0) for (const outcome of outcomes) this.counter.inc({ outcome }, 0);
  }

  /** @param times may be 0, to show a series before anything was counted in it */
  count(outcome: Outcome, times = 1, ...[labels]: LabelsOf<Label>): void {
    this.counts[outcome] += times;
    this.counter.inc({ ...labels, outcome }, times);
  }

  /** A copy of the counts, summed over the labels. */
  read(): Record<Outcome, number> {
    return { ...this.counts };
  }

  /** The sum of all counts. */
  total(): number {
    return Object.values<number>(this.counts).reduce((sum, count) => sum + count, 0);
  }
}
