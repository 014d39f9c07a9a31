import type { ReleaseState } from '#wire';

/** A release as it stands. */
export interface ReleaseRecord {
  readonly releaseId: string;
  /** SHA-256 of its manifest.json, which names the digests of the other files. */
  readonly digest: string;
  readonly state: ReleaseState;
  /** Whether automatic promotions over it are refused; the champion only. */
  readonly pinned: boolean;
  /** Share of due windows that it scores as a shadow; 0 in other states. */
  readonly shadowShare: number;
  readonly addedAtMs: number;
  /** When, by whom and why it came into this state. */
  readonly changedAtMs: number;
  readonly by: string;
  readonly why: string;
  /** Of all its files. */
  readonly bytes: number;
  /** When its bundle was removed: it was retired long ago and cannot come back. Absent while the bundle is there. */
  readonly bundleGoneAtMs?: number | undefined;
}

/** A release and where its bundle can be had; see `location` of a `ModelRelease`. */
export type LocatedRelease = ReleaseRecord & { readonly location: string };
