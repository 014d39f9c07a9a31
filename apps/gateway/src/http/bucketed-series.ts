/** A measured value, or several of one bucket. */
export interface BucketPoint {
  /** Of the last value in it. */
  readonly atMs: number;
  /** Mean. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

interface Bucket {
  index: number;
  atMs: number;
  sum: number;
  low: number;
  high: number;
  count: number;
}

/**
 * One series of a trend, bounded while it is filled: up to `maxPoints` values stay as measured; from then on they share buckets of even width that are aligned to
 * `fromMs`, so that at most `maxPoints` of them exist however many values come.
 */
export class BucketedSeries {
  private raw: { readonly atMs: number; readonly value: number }[] = [];
  private buckets: Bucket[] | undefined;
  private readonly widthMs: number;

  constructor(
    private readonly fromMs: number,
    toMs: number,
    private readonly maxPoints: number,
  ) {
    this.widthMs = Math.ceil((toMs - fromMs) / maxPoints);
  }

  /** Values come oldest first. */
  add(atMs: number, value: number): void {
    if (this.buckets !== undefined) return this.pour(atMs, value);
    this.raw.push({ atMs, value });
    if (this.raw.length <= this.maxPoints) return;
    this.buckets = [];
    for (const point of this.raw) this.pour(point.atMs, point.value);
    this.raw = [];
  }

  /** Width of a bucket; undefined while the points are as measured. */
  get bucketMs(): number | undefined {
    return this.buckets === undefined ? undefined : this.widthMs;
  }

  points(): readonly BucketPoint[] {
    if (this.buckets === undefined) {
      return this.raw.map(({ atMs, value }) => ({ atMs, value, low: value, high: value, count: 1 }));
    }
    return this.buckets.map(({ atMs, sum, low, high, count }) => ({ atMs, value: sum / count, low, high, count }));
  }

  private pour(atMs: number, value: number): void {
    const index = Math.floor((atMs - this.fromMs) / this.widthMs);
    const last = this.buckets!.at(-1);
    if (last?.index === index) {
      last.atMs = atMs;
      last.sum += value;
      last.low = Math.min(last.low, value);
      last.high = Math.max(last.high, value);
      last.count += 1;
    } else this.buckets!.push({ index, atMs, sum: value, low: value, high: value, count: 1 });
  }
}
