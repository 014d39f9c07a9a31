import type { EventLog, LogRecord, Subscription } from '#stream';
import {
  decodeData,
  RELEASE_ASSIGNMENTS_KEY,
  releaseAssignmentsSchema,
  topicLayout,
  TOPICS,
  type ReleaseAssignments,
} from '#wire';
import { randomUUID } from 'node:crypto';

/** What the feed is read with. */
export interface AssignmentFeedParts {
  readonly log: EventLog;
  /** Told of a record that is not understood; the assignments before it go on. */
  readonly onProblem: (problem: string) => void;
}

/**
 * The assignments on `model-releases`: first as they stand, then every change. The topic has one partition, so its order is that of the
 * transitions. Nothing is committed; every scorer reads all of it, which is small, at each start.
 */
export class AssignmentFeed {
  private readTo = -1n;
  private subscription: Subscription | undefined;

  constructor(private readonly parts: AssignmentFeedParts) {}

  /** The newest assignments on the log, creating the topic when there is none; undefined before the first. */
  async read(): Promise<ReleaseAssignments | undefined> {
    const { log } = this.parts;
    await log.ensureTopics([topicLayout(TOPICS.modelReleases)]);
    let newest: ReleaseAssignments | undefined;
    for await (const record of log.readToEnd(TOPICS.modelReleases)) newest = this.take(record) ?? newest;
    return newest;
  }

  /** Calls `onChange` for every change after what {@link read} gave; resolves when changes can arrive. */
  async follow(onChange: (assignments: ReleaseAssignments) => void, onFailure: (error: Error) => void): Promise<void> {
    this.subscription = await this.parts.log.subscribe({
      group: `scorer-releases-${randomUUID()}`,
      topics: [TOPICS.modelReleases],
      from: 'earliest',
      onFailure,
      handler: {
        onBatch: async ({ records }) => {
          for (const record of records) {
            const changed = record.offset > this.readTo ? this.take(record) : undefined;
            if (changed) onChange(changed);
          }
        },
      },
    });
  }

  /** Stops following. */
  async stop(): Promise<void> {
    await this.subscription?.close();
  }

  private take({ key, value, offset }: LogRecord): ReleaseAssignments | undefined {
    this.readTo = offset;
    if (key !== RELEASE_ASSIGNMENTS_KEY) return undefined;
    const decoded = decodeData(releaseAssignmentsSchema, value);
    if (decoded.ok) return decoded.data;
    this.parts.onProblem(decoded.problem);
    return undefined;
  }
}
