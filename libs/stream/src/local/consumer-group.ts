import type { GroupMember } from './group-member.js';
import type { LogStorage } from './log-storage.js';
import { partitionKey } from './partition-key.js';
import { sharePartitions } from './share-partitions.js';

/**
 * The members of a group within this process. A partition moves only after its old owner has finished the batch in hand, so two
 * members never handle one partition at a time; partitions that do not move are not disturbed.
 */
export class ConsumerGroup {
  private members: readonly GroupMember[] = [];
  private readonly leaving = new Set<GroupMember>();
  private settled: Promise<void> = Promise.resolve();

  constructor(private readonly storage: LogStorage) {}

  /** Resolves when the new member holds its share. */
  join(member: GroupMember): Promise<void> {
    this.members = [...this.members, member];
    return this.rebalance();
  }

  /** Resolves when the member's batches in hand are done and its partitions have new owners. */
  leave(member: GroupMember): Promise<void> {
    if (this.members.includes(member)) {
      this.members = this.members.filter((other) => other !== member);
      this.leaving.add(member);
    }
    return this.rebalance();
  }

  /** Records were appended to the topic. */
  notify(topic: string): void {
    for (const member of this.members) member.notify(topic);
  }

  private rebalance(): Promise<void> {
    this.settled = this.settled.then(() => this.share());
    return this.settled;
  }

  private async share(): Promise<void> {
    const leaving = [...this.leaving];
    const members = this.members;
    const names = new Set(members.flatMap(({ options }) => options.topics));
    const shares = sharePartitions(
      members,
      [...names].map((name) => this.storage.topic(name)).filter((topic) => topic !== undefined),
    );
    await Promise.all([
      ...leaving.map((member) => member.release(new Set())),
      ...members.map((member) => member.release(new Set(shares.get(member)!.map(partitionKey)))),
    ]);
    for (const member of leaving) this.leaving.delete(member);
    for (const member of members) member.take(shares.get(member)!);
  }
}
