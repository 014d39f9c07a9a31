/** A stay that left: removed altogether, or moved away from the ward named here. */
export interface Departure {
  readonly sequence: number;
  readonly stayId: string;
  readonly site: string;
  readonly ward: string;
}

/** The last departures, so that a client that resumes learns which beds to drop. Bounded; beyond it a client gets a snapshot. */
export class Departures {
  private readonly ring: Departure[] = [];
  /** Sequence of the newest departure that was forgotten. */
  private forgotten = 0;

  constructor(private readonly capacity: number) {}

  add(departure: Departure): void {
    this.ring.push(departure);
    if (this.ring.length > this.capacity) this.forgotten = this.ring.shift()!.sequence;
  }

  /** Departures after a sequence, oldest first; undefined when some of them were forgotten. */
  since(sequence: number): readonly Departure[] | undefined {
    if (sequence < this.forgotten) return undefined;
    return this.ring.filter((departure) => departure.sequence > sequence);
  }
}
