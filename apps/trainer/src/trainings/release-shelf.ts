/** A release that is served now, with its bundle on this machine. */
export interface ShelvedRelease {
  readonly releaseId: string;
  readonly directory: string;
}

/** Who does something to a release, and why; the evidence is stored with it. */
export interface ShelfNote {
  readonly by: string;
  readonly why: string;
  readonly evidence?: unknown;
}

/** The registry cannot be reached; a later attempt can succeed. */
export class ShelfUnavailable extends Error {
  override readonly name = 'ShelfUnavailable';
}

/** The registry does not let it happen, for instance since the champion is pinned; trying again changes nothing. */
export class ShelfRefusal extends Error {
  override readonly name = 'ShelfRefusal';
}

/** Where releases come from and go to. Each call may be repeated without harm. Rejects with one of the two errors above. */
export abstract class ReleaseShelf {
  /** False where there is no registry: candidates then stay in their training's folder. */
  abstract readonly hasRegistry: boolean;
  /** The release that is served, its bundle fetched; the shipped one where none is. */
  abstract champion(): Promise<ShelvedRelease>;
  /** Name of the release that is served, without its bundle. */
  abstract championId(): Promise<string>;
  /** Forgets every fetched bundle but this one. */
  abstract keepOnly(release: ShelvedRelease): Promise<void>;
  /** Puts a bundle on the shelf as a candidate. */
  abstract offer(directory: string, note: ShelfNote): Promise<void>;
  abstract shadow(releaseId: string, share: number, note: ShelfNote): Promise<void>;
  /** Makes a shadow the champion, by the rules for promotions that no person asked for. */
  abstract promote(releaseId: string, note: ShelfNote): Promise<void>;
}

/** No registry: the champion is the release of a folder, and candidates go nowhere. */
export class LoneRelease extends ReleaseShelf {
  readonly hasRegistry = false;

  constructor(private readonly release: ShelvedRelease) {
    super();
  }

  champion(): Promise<ShelvedRelease> {
    return Promise.resolve(this.release);
  }

  championId(): Promise<string> {
    return Promise.resolve(this.release.releaseId);
  }

  keepOnly(): Promise<void> {
    return Promise.resolve();
  }

  offer(): Promise<void> {
    return Promise.reject(new ShelfRefusal('there is no registry; set REGISTRY_URL'));
  }

  shadow(): Promise<void> {
    return this.offer();
  }

  promote(): Promise<void> {
    return this.offer();
  }
}
