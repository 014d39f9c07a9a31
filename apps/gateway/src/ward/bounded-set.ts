/** A set that forgets its oldest members beyond a capacity. */
export class BoundedSet<T> {
  private readonly members = new Set<T>();

  constructor(private readonly capacity: number) {}

  get size(): number {
    return this.members.size;
  }

  add(member: T): void {
    this.members.delete(member);
    this.members.add(member);
    if (this.members.size > this.capacity) this.members.delete(this.members.values().next().value as T);
  }

  /** @returns whether it was a member */
  delete(member: T): boolean {
    return this.members.delete(member);
  }

  has(member: T): boolean {
    return this.members.has(member);
  }
}
