import type { LocatedRelease } from '../release-record.js';

/** Who decides and why; every decision needs both. */
export interface Given {
  /** A person or a service, up to 200 characters. */
  readonly by: string;
  /** Up to 2,000 characters. */
  readonly why: string;
  /** What the decision rests on, such as a report; any JSON up to 8 MiB, kept with the decision. */
  readonly evidence?: unknown;
}

/** How a release is promoted. */
export interface Promotion extends Given {
  /** Decided by a gate: refused when the champion is pinned or the release is not in shadow. @default false */
  readonly automatic?: boolean;
  /** A person insists: over a pin, or on a candidate or a retired release. @default false */
  readonly force?: boolean;
}

/**
 * Where releases are decided on: the registry itself, or one in another process. Every method rejects with a `RegistryError` that says
 * why not; what it resolves with is durable.
 */
export abstract class ReleaseDesk {
  /** Every release, in the order in which they came. */
  abstract releases(): Promise<readonly LocatedRelease[]>;
  /** Takes a bundle in as a candidate. The same bundle again is no new decision. */
  abstract add(bundleDirectory: string, given: Given): Promise<LocatedRelease>;
  /** Lets a release score a share of the windows beside the champion, unseen; also changes the share of one that does. */
  abstract shadow(releaseId: string, given: Given & { readonly share: number }): Promise<LocatedRelease>;
  /** Makes a release the champion; the one before is retired. */
  abstract promote(releaseId: string, given: Promotion): Promise<LocatedRelease>;
  /** Makes the champion of before champion again and retires the present one, pinned or not. */
  abstract rollback(given: Given & { readonly pin?: boolean }): Promise<LocatedRelease>;
  /** Takes a candidate or a shadow out of the running. */
  abstract retire(releaseId: string, given: Given): Promise<LocatedRelease>;
  /** Protects the champion from automatic promotions, or no longer. */
  abstract pin(releaseId: string, given: Given & { readonly pinned: boolean }): Promise<LocatedRelease>;
}
