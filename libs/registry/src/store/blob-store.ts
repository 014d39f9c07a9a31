import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, copyFile, link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BundleFile } from '../decision.js';
import { RegistryError } from '../registry-error.js';
import type { UnneededContent } from '../retention.js';
import { syncFolder } from './sync-folder.js';

/** Names of what is staged: random UUIDs. Whatever else lies there, in a folder that had one of that name, is somebody else's. */
const STAGED = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Files by the SHA-256 of their bytes (`blobs/ab/abcd…`), and for each bundle a folder under its manifest's digest with links to
 * them (`bundles/<digest>/manifest.json`), from which a scorer on the same machine may read. Nothing in it is ever changed; bundles that are no longer kept are removed.
 */
export class BlobStore {
  constructor(private readonly directory: string) {}

  /** Prepares the folder; what an interrupted upload left behind is removed. */
  async prepare(): Promise<void> {
    for (const folder of ['staging', 'blobs', 'bundles'])
      await mkdir(join(this.directory, folder), { recursive: true });
    const staging = join(this.directory, 'staging');
    for (const name of await readdir(staging))
      if (STAGED.test(name)) await rm(join(staging, name), { recursive: true, force: true });
  }

  /** A new folder in which a bundle can be put together; the caller removes it. */
  async stage(): Promise<string> {
    const folder = join(this.directory, 'staging', randomUUID());
    await mkdir(folder);
    return folder;
  }

  /** Folder of a bundle. */
  bundleDirectory(digest: string): string {
    return join(this.directory, 'bundles', digest);
  }

  /** Takes the checked files of a staged folder in; durable when it resolves. */
  async keepBundle(digest: string, files: readonly BundleFile[], staged: string): Promise<void> {
    const target = this.bundleDirectory(digest);
    if (await exists(target)) return;
    const partial = join(this.directory, 'staging', randomUUID());
    await mkdir(partial);
    for (const { name, digest: fileDigest } of files) {
      await this.keep(join(staged, name), fileDigest);
      await linkOrCopy(this.pathOf(fileDigest), join(partial, name));
    }
    await syncFolder(partial);
    await rename(partial, target);
    await syncFolder(dirname(target));
  }

  /** Keeps bytes and gives their digest; durable when it resolves. */
  async keepBytes(bytes: Uint8Array): Promise<string> {
    const digest = createHash('sha256').update(bytes).digest('hex');
    const path = join(this.directory, 'staging', randomUUID());
    const file = await open(path, 'wx');
    try {
      await file.writeFile(bytes);
    } finally {
      await file.close();
    }
    await this.keep(path, digest);
    await rm(path, { force: true });
    return digest;
  }

  /**
   * The bytes of a digest.
   *
   * @throws RegistryError `damaged-store` when they are gone or changed
   */
  async read(digest: string): Promise<Buffer> {
    const path = this.pathOf(digest);
    const bytes = await readFile(path).catch((cause: unknown) => {
      throw new RegistryError('damaged-store', `${path} is gone: put it back from a back-up`, { cause });
    });
    if (createHash('sha256').update(bytes).digest('hex') !== digest)
      throw new RegistryError('damaged-store', `${path} was changed: put it back from a back-up`);
    return bytes;
  }

  /** Removes bundles and files, those that are there. */
  async remove({ bundles, files }: UnneededContent): Promise<void> {
    for (const digest of bundles) await rm(this.bundleDirectory(digest), { recursive: true, force: true });
    for (const digest of files) await rm(this.pathOf(digest), { force: true });
  }

  /** Copies a file into the blobs unless its bytes are there. */
  private async keep(from: string, digest: string): Promise<void> {
    const path = this.pathOf(digest);
    if (await exists(path)) return;
    await mkdir(dirname(path), { recursive: true });
    const partial = join(this.directory, 'staging', randomUUID());
    await copyFile(from, partial, constants.COPYFILE_EXCL);
    await chmod(partial, 0o444);
    const file = await open(partial, 'r');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, path);
    await syncFolder(dirname(path));
  }

  private pathOf(digest: string): string {
    return join(this.directory, 'blobs', digest.slice(0, 2), digest);
  }
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch {
    // a file system without links; the copy has the same bytes
    await copyFile(from, to);
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
