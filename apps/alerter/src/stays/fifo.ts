/** Emptied places at the front before the rest is moved up. */
const MOVE_UP_AT = 1_024;

/** First in, first out, with the first in constant time. */
export class Fifo<T> {
  private items: T[] = [];
  private start = 0;

  get size(): number {
    return this.items.length - this.start;
  }

  get first(): T | undefined {
    return this.items[this.start];
  }

  add(item: T): void {
    this.items.push(item);
  }

  take(): T | undefined {
    const item = this.first;
    if (item === undefined) return undefined;
    if (++this.start >= MOVE_UP_AT) {
      this.items = this.items.slice(this.start);
      this.start = 0;
    }
    return item;
  }
}
