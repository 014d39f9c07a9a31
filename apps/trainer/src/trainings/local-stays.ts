/** What the trainer needs of the training set: the local stays that ended. `TrainingSet` of `#training-set` is one. */
export interface LocalStays {
  summary(): LocalStaysSummary;
  /** Makes an unchanging copy in a folder that does not exist yet, as a data set that `--dataset` can read. */
  freeze(into: string): Promise<LocalStaysSummary>;
}

/** What is in the training set. */
export interface LocalStaysSummary {
  /** SHA-256 over its contents, hex. */
  readonly digest: string;
  readonly deaths: number;
  readonly survivors: number;
}
