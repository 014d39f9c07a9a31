/** Risks that one method gives to windows. */
export interface ScoredWindows {
  /** Such as `news2` or the id of a release; names rows and lines. */
  readonly method: string;
  /** Indices into the store, as they were scored. */
  readonly indices: readonly number[];
  readonly risks: readonly number[];
  /** 5-95 % interval, where the method has one. */
  readonly low?: readonly number[];
  readonly high?: readonly number[];
  /** False for a score whose numbers mean an order only. */
  readonly isProbability: boolean;
}

/** Windows that all end at one hour. */
export interface ScoredHour extends ScoredWindows {
  readonly hour: number;
}
