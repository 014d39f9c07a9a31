/** Risks that one method gives to windows of one hour. */
export interface ScoredWindows {
  /** Such as `news2` or the id of a release; names rows and lines. */
  readonly method: string;
  readonly hour: number;
  /** Of the store, as they were scored. */
  readonly indices: readonly number[];
  readonly risks: readonly number[];
  /** 5-95 % interval, where the method has one. */
  readonly low?: readonly number[];
  readonly high?: readonly number[];
  /** False for a score whose numbers mean an order only. */
  readonly isProbability: boolean;
}
