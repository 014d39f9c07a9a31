/** Where Kafka is and how topics are made there. */
export interface KafkaEventLogOptions {
  /** `host:port` of some brokers; the others are found through them. */
  readonly brokers: readonly string[];
  /**
   * Name under which the brokers' logs and quotas know this process.
   * @default 'vigil'
   */
  readonly clientId?: string;
  /**
   * Copies of each partition of the topics that `ensureTopics` creates; -1 takes the brokers' own default. With fewer than two a
   * lost disk loses records.
   *
   * @default -1
   */
  readonly replicationFactor?: number;
  /** Told what went wrong and was mended (a broker away, a consumer started again). No record's content is in it. */
  readonly onNotice?: (notice: KafkaNotice) => void;
}

/** Something for the operator's log. */
export interface KafkaNotice {
  readonly level: 'warn' | 'error';
  readonly message: string;
}
