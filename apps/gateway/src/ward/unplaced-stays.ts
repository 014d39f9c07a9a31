import { newStayRecord, type StayPlace, type StayRecord } from './stay-record.js';

/**
 * What has been heard of stays whose place is not known. The admission of a stay that lasts longer than the log keeps its records is no longer on it:
 * its end, its moves and its values are read before the first of its scores makes it known. Forgets the stay that it heard of first beyond a capacity.
 */
export class UnplacedStays {
  private readonly records = new Map<string, StayRecord>();

  constructor(private readonly capacity: number) {}

  /** The record of a stay, begun when it is the first that is heard of it. */
  of(stayId: string): StayRecord {
    const held = this.records.get(stayId);
    if (held !== undefined) return held;
    const begun = newStayRecord({ stayId, site: '', ward: '', bed: '', admittedAtMs: 0 });
    this.records.set(stayId, begun);
    if (this.records.size > this.capacity) this.records.delete(this.records.keys().next().value as string);
    return begun;
  }

  forget(stayId: string): void {
    this.records.delete(stayId);
  }

  /** Takes out what is known of a stay, at the place that its score names unless it has been heard to move since. */
  take({ stayId, site, ward, bed, admittedAtMs }: StayPlace): StayRecord | undefined {
    const record = this.records.get(stayId);
    if (record === undefined) return undefined;
    this.records.delete(stayId);
    record.admittedAtMs = admittedAtMs;
    if (record.bed === '') Object.assign(record, { site, ward, bed });
    return record;
  }
}
