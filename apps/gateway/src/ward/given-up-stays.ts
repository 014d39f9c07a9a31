/** Stays that are never shown again: their admission was cancelled, or they were merged into another. Forgets the oldest beyond a capacity. */
export class GivenUpStays {
  /** The survivor of each, or null where there is none. */
  private readonly survivors = new Map<string, string | null>();

  constructor(private readonly capacity: number) {}

  has(stayId: string): boolean {
    return this.survivors.has(stayId);
  }

  /** @param survivorStayId whom it was merged into; null when it never was */
  add(stayId: string, survivorStayId: string | null): void {
    this.survivors.set(stayId, survivorStayId);
    if (this.survivors.size > this.capacity) this.survivors.delete(this.survivors.keys().next().value as string);
  }

  /** Whether a stay is another, or was merged into it, maybe through others: merging that one into it would lose both. */
  leadsTo(stayId: string, other: string): boolean {
    const seen = new Set<string>();
    for (let at: string | null | undefined = stayId; at && !seen.has(at); at = this.survivors.get(at)) {
      if (at === other) return true;
      seen.add(at);
    }
    return false;
  }
}
