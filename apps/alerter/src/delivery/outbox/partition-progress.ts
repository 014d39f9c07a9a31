/**
 * How far a sink is in one partition: the offset up to which everything taken has come to its end. Deliveries end in any order; what may be committed is only
 * what lies before the oldest one that has not.
 */
export class PartitionProgress {
  private readonly taken: bigint[] = [];
  private head = 0;
  private readonly ended = new Set<bigint>();
  private next: bigint | undefined;
  private committed: bigint | undefined;
  private lost = false;

  /** Whether the partition has been handed to another member; nothing of it is sent or committed any more. */
  get revoked(): boolean {
    return this.lost;
  }

  revoke(): void {
    this.lost = true;
  }

  /** A record was read; call in the order of the offsets. */
  take(offset: bigint): void {
    this.taken.push(offset);
  }

  /** Its delivery has come to its end, whichever. */
  end(offset: bigint): void {
    this.ended.add(offset);
    while (this.head < this.taken.length && this.ended.delete(this.taken[this.head]!)) {
      this.next = this.taken[this.head]! + 1n;
      this.head += 1;
    }
    if (this.head > 1_024 && this.head * 2 > this.taken.length) this.forgetEnded();
  }

  /** Records taken that lie at or behind the oldest one without an end. */
  get open(): number {
    return this.taken.length - this.head;
  }

  /** The next offset to read after a restart, when it has moved since the last commit. */
  uncommitted(): bigint | undefined {
    return this.next === this.committed ? undefined : this.next;
  }

  /** The commit of that offset is durable. */
  wasCommitted(nextOffset: bigint): void {
    this.committed = nextOffset;
  }

  private forgetEnded(): void {
    this.taken.splice(0, this.head);
    this.head = 0;
  }
}
