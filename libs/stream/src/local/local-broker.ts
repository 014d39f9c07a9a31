import type { LogStorage } from './log-storage.js';
import { ConsumerGroup } from './consumer-group.js';

/** A log inside this process: what is kept, and the groups that read it. Several logs may share one. */
export class LocalBroker {
  private readonly groups = new Map<string, ConsumerGroup>();

  constructor(readonly storage: LogStorage) {}

  /** The group of a name; groups are few and stay for the life of the process. */
  group(name: string): ConsumerGroup {
    let group = this.groups.get(name);
    if (group === undefined) this.groups.set(name, (group = new ConsumerGroup(this.storage)));
    return group;
  }

  /** Wakes whoever waits for records of the topic. */
  notify(topic: string): void {
    for (const group of this.groups.values()) group.notify(topic);
  }
}
