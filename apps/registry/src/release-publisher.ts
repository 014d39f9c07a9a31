import { RegistryError, type LocatedRelease, type ReleaseRegistry } from '#registry';
import type { EventLog, OutgoingRecord } from '#stream';
import {
  encodeEvent,
  MODEL_RELEASE,
  RELEASE_ASSIGNMENTS,
  RELEASE_ASSIGNMENTS_KEY,
  topicLayout,
  TOPICS,
  type ModelRelease,
  type ReleaseAssignments,
} from '#wire';

const SOURCE = '/vigil/registry';

/**
 * Keeps `model-releases` equal to the registry: a record for each release and one that names champion and shadows together. Journal
 * first, then the topic; what a crash left out is published at the next start.
 */
export class ReleasePublisher {
  /** Values as they stand on the topic, by key. */
  private readonly published = new Map<string, string>();
  private queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly log: EventLog,
    private readonly registry: ReleaseRegistry,
  ) {}

  /**
   * Reads what stands on the topic, creating the topic when there is none.
   *
   * @param replace whether releases that the store does not hold may be removed from the topic
   * @throws RegistryError `damaged-store` when there are such releases and they may not
   */
  async load(replace: boolean): Promise<void> {
    await this.log.ensureTopics([topicLayout(TOPICS.modelReleases)]);
    for await (const { key, value } of this.log.readToEnd(TOPICS.modelReleases)) {
      if (value === null) this.published.delete(key);
      else this.published.set(key, textOf(value));
    }
    const foreign = this.foreign();
    if (foreign.length > 0 && !replace)
      throw new RegistryError(
        'damaged-store',
        `${TOPICS.modelReleases} names releases that this store does not hold (${foreign.join(', ')}): point REGISTRY_STORE to the folder that does, or let the topic be replaced with REGISTRY_REPLACE_TOPIC=yes`,
      );
  }

  /** Appends every record that is not on the topic as it should be; one call after the other. */
  publish(): Promise<void> {
    const turn = this.queue.catch(() => undefined).then(() => this.publishMissing());
    this.queue = turn;
    return turn;
  }

  private async publishMissing(): Promise<void> {
    const tombstones = this.foreign().map((key) => tombstone(key, this.changedAtMs()));
    const due = [...tombstones, ...(await this.records())].filter(
      ({ key, value }) => (value === null ? undefined : textOf(value)) !== this.published.get(key),
    );
    if (due.length === 0) return;
    await this.log.append(TOPICS.modelReleases, due);
    for (const { key, value } of due) {
      if (value === null) this.published.delete(key);
      else this.published.set(key, textOf(value));
    }
  }

  /** The topic as it should be; the assignments last, so that who reads them has read the releases. */
  private async records(): Promise<OutgoingRecord[]> {
    const releases = await this.registry.releases();
    if (releases.length === 0) return [];
    const records = releases.map((release) => {
      const { releaseId, changedAtMs, state } = release;
      const id = `${releaseId}|${state}|${changedAtMs}`;
      return encodeEvent(
        { type: MODEL_RELEASE, source: SOURCE, id, key: releaseId, timeMs: changedAtMs },
        wireRelease(release),
      );
    });
    const assignments = assignmentsOf(releases, this.changedAtMs());
    const key = RELEASE_ASSIGNMENTS_KEY;
    const id = `${key}|${this.registry.decisions().length}`;
    const attributes = { type: RELEASE_ASSIGNMENTS, source: SOURCE, id, key, timeMs: assignments.changedAtMs };
    return [...records, encodeEvent(attributes, assignments)];
  }

  private changedAtMs(): number {
    return this.registry.decisions().at(-1)?.atMs ?? 0;
  }

  private foreign(): string[] {
    return [...this.published.keys()].filter(
      (key) => key !== RELEASE_ASSIGNMENTS_KEY && this.registry.release(key) === undefined,
    );
  }
}

function wireRelease({ releaseId, digest, state, pinned, ...rest }: LocatedRelease): ModelRelease {
  const { shadowShare, changedAtMs, by, why, location } = rest;
  return { releaseId, digest, state, pinned, shadowShare, changedAtMs, by, why, location };
}

function assignmentsOf(releases: readonly LocatedRelease[], changedAtMs: number): ReleaseAssignments {
  const champion = releases.find(({ state }) => state === 'champion');
  const assigned = ({ releaseId, digest, location }: LocatedRelease) => ({ releaseId, digest, location });
  return {
    ...(champion && { champion: { ...assigned(champion), pinned: champion.pinned } }),
    shadows: releases
      .filter(({ state }) => state === 'shadow')
      .map((release) => ({ ...assigned(release), share: release.shadowShare })),
    changedAtMs,
  };
}

function tombstone(key: string, timestampMs: number): OutgoingRecord {
  return { key, value: null, headers: {}, timestampMs };
}

function textOf(value: Uint8Array): string {
  return Buffer.from(value).toString('utf8');
}
