import {
  RegistryError,
  ReleaseDesk,
  type Given,
  type LocatedRelease,
  type Promotion,
  type ReleaseRegistry,
} from '#registry';
import type { ReleasePublisher } from './release-publisher.js';

/** What a desk tells of its work, for the counters. */
export interface DeskWatch {
  /** The decision stands in the journal, but the log did not take it: the process should stop, for its next start publishes it. */
  readonly onUnpublished: (error: Error) => void;
  readonly onRefused: (code: RegistryError['code']) => void;
}

/** The registry with its topic: a decision is answered when it stands in the journal and on the log. */
export class PublishedDesk extends ReleaseDesk {
  constructor(
    private readonly registry: ReleaseRegistry,
    private readonly publisher: ReleasePublisher,
    private readonly watch: DeskWatch,
  ) {
    super();
  }

  override releases(): Promise<readonly LocatedRelease[]> {
    return this.registry.releases();
  }

  override add(bundleDirectory: string, given: Given): Promise<LocatedRelease> {
    return this.publishing(this.registry.add(bundleDirectory, given));
  }

  override shadow(releaseId: string, given: Given & { readonly share: number }): Promise<LocatedRelease> {
    return this.publishing(this.registry.shadow(releaseId, given));
  }

  override promote(releaseId: string, given: Promotion): Promise<LocatedRelease> {
    return this.publishing(this.registry.promote(releaseId, given));
  }

  override rollback(given: Given & { readonly pin?: boolean }): Promise<LocatedRelease> {
    return this.publishing(this.registry.rollback(given));
  }

  override retire(releaseId: string, given: Given): Promise<LocatedRelease> {
    return this.publishing(this.registry.retire(releaseId, given));
  }

  override pin(releaseId: string, given: Given & { readonly pinned: boolean }): Promise<LocatedRelease> {
    return this.publishing(this.registry.pin(releaseId, given));
  }

  private async publishing(decision: Promise<LocatedRelease>): Promise<LocatedRelease> {
    let decided: LocatedRelease;
    try {
      decided = await decision;
    } catch (error) {
      if (error instanceof RegistryError) this.watch.onRefused(error.code);
      throw error;
    }
    try {
      await this.publisher.publish();
    } catch (cause) {
      this.watch.onUnpublished(cause instanceof Error ? cause : new Error(String(cause)));
      throw new RegistryError(
        'unavailable',
        'the decision stands in the journal but the log did not take it; the registry publishes it at its next start',
        { cause },
      );
    }
    return decided;
  }
}
