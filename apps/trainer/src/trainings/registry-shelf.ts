import { shippedReleaseDirectory, SHIPPED_RELEASE_ID } from '#model';
import { fetchBundle, pruneBundles, RegistryError, type LocatedRelease, type ReleaseDesk } from '#registry';
import { basename } from 'node:path';
import { ReleaseShelf, ShelfRefusal, ShelfUnavailable, type ShelfNote, type ShelvedRelease } from './release-shelf.js';

/** How a registry is reached and where bundles are put. */
export interface RegistryShelfOptions {
  readonly desk: ReleaseDesk;
  /** Cache of fetched bundles. */
  readonly directory: string;
  /** Sent when a bundle is fetched from `tokenOrigin`. */
  readonly token?: string | undefined;
  readonly tokenOrigin?: string | undefined;
}

/** The registry as the trainer sees it. Where it has no champion yet, the shipped release stands for it. */
export class RegistryShelf extends ReleaseShelf {
  readonly hasRegistry = true;

  constructor(private readonly options: RegistryShelfOptions) {
    super();
  }

  async champion(): Promise<ShelvedRelease> {
    const found = await this.#found();
    if (found === undefined) return { releaseId: SHIPPED_RELEASE_ID, directory: shippedReleaseDirectory() };
    const { directory, token, tokenOrigin } = this.options;
    const { releaseId, digest, location } = found;
    return {
      releaseId,
      directory: await asked(() => fetchBundle({ directory, token, tokenOrigin, digest, location })),
    };
  }

  async championId(): Promise<string> {
    return (await this.#found())?.releaseId ?? SHIPPED_RELEASE_ID;
  }

  async keepOnly({ directory }: ShelvedRelease): Promise<void> {
    await pruneBundles(this.options.directory, new Set([basename(directory)]));
  }

  async offer(directory: string, note: ShelfNote): Promise<void> {
    await asked(() => this.options.desk.add(directory, note));
  }

  async shadow(releaseId: string, share: number, note: ShelfNote): Promise<void> {
    await asked(() => this.options.desk.shadow(releaseId, { ...note, share }));
  }

  async promote(releaseId: string, note: ShelfNote): Promise<void> {
    await asked(() => this.options.desk.promote(releaseId, { ...note, automatic: true }));
  }

  async #found(): Promise<LocatedRelease | undefined> {
    return (await asked(() => this.options.desk.releases())).find(({ state }) => state === 'champion');
  }
}

/** A registry that is away, or that a wrong token keeps away, can be asked again; whatever else it says is its answer. */
async function asked<Answer>(question: () => Promise<Answer>): Promise<Answer> {
  try {
    return await question();
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    const isAway = error.code === 'unavailable' || error.code === 'unauthorised';
    throw isAway
      ? new ShelfUnavailable(error.message, { cause: error })
      : new ShelfRefusal(error.message, { cause: error });
  }
}
