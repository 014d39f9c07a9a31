import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readManifest, type ReleaseManifest } from '#model';
import { ModelScorer } from '#scorer';
import type { ServiceLogger } from '#service';
import { TimedScorer } from './timed-scorer.js';

/** A release that is validated. Its model is loaded when the first window is to be scored, not before. */
export class OpenedRelease {
  #model: Promise<TimedScorer> | undefined;

  private constructor(
    readonly directory: string,
    readonly manifest: ReleaseManifest,
    /** SHA-256 of the manifest, which holds the digests of all other files. */
    readonly digest: string,
    private readonly threads: number,
    private readonly logger: ServiceLogger,
  ) {}

  /** Reads the manifest. @throws BundleError when the folder holds no release */
  static async open(directory: string, threads: number, logger: ServiceLogger): Promise<OpenedRelease> {
    const manifest = await readManifest(directory);
    const bytes = await readFile(join(directory, 'manifest.json'));
    return new OpenedRelease(directory, manifest, createHash('sha256').update(bytes).digest('hex'), threads, logger);
  }

  get releaseId(): string {
    return this.manifest.releaseId;
  }

  /** The model in its worker threads. @throws ModelUnavailableError when it cannot be loaded */
  model(): Promise<TimedScorer> {
    this.#model ??= ModelScorer.open({
      ...{ bundleDirectory: this.directory, threads: this.threads },
      onUnavailable: (error) => this.logger.error('the model could not score', { error: error.message }),
    }).then((model) => new TimedScorer(model, () => performance.now()));
    return this.#model;
  }

  async close(): Promise<void> {
    await (await this.#model?.catch(() => undefined))?.close();
  }
}
