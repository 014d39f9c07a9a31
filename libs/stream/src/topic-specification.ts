/** A topic and how it keeps its records. */
export interface TopicSpecification {
  readonly name: string;
  readonly partitions: number;
  /** `delete` drops records older than `retentionMs`; `compact` keeps the last record of every key. */
  readonly cleanup: 'delete' | 'compact';
  /** Age after which records may go, milliseconds; needed with `delete`, ignored with `compact`. */
  readonly retentionMs?: number;
}
