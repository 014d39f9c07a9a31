import type { ReleaseDesk, ReleaseRegistry } from '#registry';

/** What the controllers work with. */
export class RegistryView {
  constructor(
    /** Asked. */
    readonly registry: ReleaseRegistry,
    /** Ordered, so that decisions are published. */
    readonly desk: ReleaseDesk,
    /** Whether a bundle may be named by a path of this machine. */
    readonly takesPaths: boolean,
  ) {}
}
