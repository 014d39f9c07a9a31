import { RELEASE_STATES } from '#wire';
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DirectoryLock } from '#stream';
import { applyDecision, EMPTY_REGISTRY, expectBundle, type RegistryState } from './apply-decision.js';
import { MANIFEST_FILE } from './bundle/bundle-limits.js';
import { checkBundle } from './bundle/check-bundle.js';
import type { BundleFile, Decision } from './decision.js';
import { checkGiven, encodeEvidence } from './desk/check-given.js';
import { ReleaseDesk, type Given, type Promotion } from './desk/release-desk.js';
import { RegistryError } from './registry-error.js';
import type { LocatedRelease, ReleaseRecord } from './release-record.js';
import { releasesToDiscard, unneededContent, type RetentionRule } from './retention.js';
import { BlobStore } from './store/blob-store.js';
import { Journal } from './store/journal.js';

/** What a registry is opened with. */
export interface ReleaseRegistryOptions {
  /** Its folder, which one process at a time may have open; made when it is not there. */
  readonly directory: string;
  /** Epoch milliseconds. @default Date.now */
  readonly clock?: () => number;
  /** Told in a sentence of what a person should know, such as a torn line of the journal. */
  readonly onNotice?: (sentence: string) => void;
  /** Where others find a bundle. @default the file URL of its folder */
  readonly locationOf?: (release: ReleaseRecord) => string;
}

/** A decision before it is numbered. */
type Draft<D extends Decision = Decision> = D extends Decision ? Omit<D, 'sequence' | 'atMs' | 'evidence'> : never;

/**
 * The releases of a site: their bundles by digest, their states, and every decision with who, why and on what evidence.
 *
 * A decision is checked, written to the journal, and only then true; they are taken one after the other. The state is the sum of the
 * journal and is added up again at every start.
 */
export class ReleaseRegistry extends ReleaseDesk {
  private queue: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly options: ReleaseRegistryOptions,
    private readonly lock: DirectoryLock,
    private readonly blobs: BlobStore,
    private readonly journal: Journal,
    private state: RegistryState,
    private readonly made: Decision[],
  ) {
    super();
  }

  /** @throws RegistryError `in-use` when another process has it open, `damaged-store` when its journal is not as it was written */
  static async open(options: ReleaseRegistryOptions): Promise<ReleaseRegistry> {
    const { directory, onNotice = () => undefined } = options;
    await mkdir(directory, { recursive: true });
    const lock = acquire(directory);
    try {
      const blobs = new BlobStore(directory);
      await blobs.prepare();
      const { journal, decisions } = await Journal.open(join(directory, 'journal.ndjson'), onNotice);
      try {
        const state = decisions.reduce(applyDecision, EMPTY_REGISTRY);
        return new ReleaseRegistry(options, lock, blobs, journal, state, [...decisions]);
      } catch (error) {
        await journal.close();
        throw error;
      }
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  override async releases(): Promise<readonly LocatedRelease[]> {
    return [...this.state.releases.values()].map((release) => this.located(release));
  }

  /** A release, or undefined when there is none of this id. */
  release(releaseId: string): LocatedRelease | undefined {
    const release = this.state.releases.get(releaseId);
    return release && this.located(release);
  }

  champion(): LocatedRelease | undefined {
    return this.state.champion === undefined ? undefined : this.release(this.state.champion);
  }

  /** Number of releases in each state. */
  counts(): Readonly<Record<ReleaseRecord['state'], number>> {
    const counts = Object.fromEntries(RELEASE_STATES.map((state) => [state, 0])) as Record<
      ReleaseRecord['state'],
      number
    >;
    for (const { state } of this.state.releases.values()) counts[state] += 1;
    return counts;
  }

  /** Every decision, or those about a release and those that retired it, oldest first. */
  decisions(releaseId?: string): readonly Decision[] {
    if (releaseId === undefined) return [...this.made];
    return this.made.filter(
      (decision) => decision.releaseId === releaseId || ('replaced' in decision && decision.replaced === releaseId),
    );
  }

  /** Files of a release's bundle. @throws RegistryError `unknown-release` */
  files(releaseId: string): readonly BundleFile[] {
    const added = this.made.find((decision) => decision.action === 'added' && decision.releaseId === releaseId);
    if (added?.action !== 'added')
      throw new RegistryError(
        'unknown-release',
        `there is no release ${releaseId}; GET /releases lists those that are there`,
      );
    return added.files;
  }

  /** Bytes of a file of a bundle, its digest checked again. @throws RegistryError for another release or name, `gone` when it is no longer kept */
  async readFile(releaseId: string, name: string): Promise<Buffer> {
    const files = this.files(releaseId);
    expectBundle(this.state.releases.get(releaseId)!);
    const file = files.find((one) => one.name === name);
    if (file === undefined)
      throw new RegistryError(
        'bad-request',
        `${releaseId} has no file of that name; it has ${files.map((one) => one.name).join(', ')}`,
      );
    return this.blobs.read(file.digest);
  }

  /** The evidence of a decision by its digest. @throws RegistryError `bad-request` when no decision names it */
  async readEvidence(digest: string): Promise<unknown> {
    if (!this.made.some(({ evidence }) => evidence === digest))
      throw new RegistryError('bad-request', 'no decision names evidence of this digest');
    return JSON.parse((await this.blobs.read(digest)).toString('utf8'));
  }

  /** Folder of a release's bundle, to be read only. @throws RegistryError `unknown-release` */
  bundleDirectory(releaseId: string): string {
    return this.blobs.bundleDirectory(this.files(releaseId).find(({ name }) => name === MANIFEST_FILE)!.digest);
  }

  /** A new folder for a bundle that is being received; the caller removes it. */
  stage(): Promise<string> {
    return this.blobs.stage();
  }

  override add(bundleDirectory: string, given: Given): Promise<LocatedRelease> {
    return this.inTurn(async () => {
      const who = checkGiven(given);
      const staged = await this.blobs.stage();
      try {
        await checkBundle(bundleDirectory);
        await cp(bundleDirectory, staged, { recursive: true });
        const { releaseId, digest, files } = await checkBundle(staged);
        const known = this.release(releaseId);
        if (known) expectBundle(known);
        if (known?.digest === digest) return known;
        const draft: Draft = { action: 'added', releaseId, ...who, digest, files: [...files] };
        applyDecision(this.state, this.numbered(draft));
        await this.blobs.keepBundle(digest, files, staged);
        return await this.decide(draft, given.evidence);
      } finally {
        await rm(staged, { recursive: true, force: true });
      }
    });
  }

  override shadow(releaseId: string, given: Given & { readonly share: number }): Promise<LocatedRelease> {
    const { share } = given;
    return this.inTurn(() => {
      if (!(share > 0 && share <= 1))
        throw new RegistryError(
          'bad-request',
          `a share of ${share} was given; expected a number above 0 and at most 1`,
        );
      return this.decide({ action: 'shadowed', releaseId, ...checkGiven(given), share }, given.evidence);
    });
  }

  override promote(releaseId: string, given: Promotion): Promise<LocatedRelease> {
    return this.inTurn(() => {
      const { champion } = this.state;
      return this.decide(
        {
          ...{ action: 'promoted', releaseId, ...checkGiven(given) },
          ...{ automatic: given.automatic === true, forced: given.force === true },
          ...(champion !== undefined && { replaced: champion }),
        },
        given.evidence,
      );
    });
  }

  override rollback(given: Given & { readonly pin?: boolean }): Promise<LocatedRelease> {
    return this.inTurn(() => {
      const who = checkGiven(given);
      const { champion, former } = this.state;
      const releaseId = former.at(-1);
      if (champion === undefined || releaseId === undefined)
        throw new RegistryError(
          'illegal-transition',
          'no release was champion before this one: there is nothing to roll back to',
        );
      const draft = { action: 'rolled-back', releaseId, ...who, replaced: champion } as const;
      return this.decide({ ...draft, pinned: given.pin === true }, given.evidence);
    });
  }

  override retire(releaseId: string, given: Given): Promise<LocatedRelease> {
    return this.inTurn(() => this.decide({ action: 'retired', releaseId, ...checkGiven(given) }, given.evidence));
  }

  override pin(releaseId: string, given: Given & { readonly pinned: boolean }): Promise<LocatedRelease> {
    const action = given.pinned ? 'pinned' : 'unpinned';
    return this.inTurn(() => this.decide({ action, releaseId, ...checkGiven(given) }, given.evidence));
  }

  /**
   * Removes the bundles of releases that were retired long ago, but for the last champions'. Their records, decisions and evidence stay. The journal says so first; what a
   * crash left over is removed by the next call.
   *
   * @returns ids of the releases whose bundles are gone now
   */
  discard(rule: RetentionRule, given: Given): Promise<readonly string[]> {
    return this.inTurn(async () => {
      const due = releasesToDiscard(this.state, this.made, rule);
      for (const releaseId of due)
        await this.decide({ action: 'discarded', releaseId, ...checkGiven(given) }, undefined);
      await this.blobs.remove(unneededContent(this.state, this.made));
      return due;
    });
  }

  /** Waits for the decision in hand and lets the folder go. */
  async close(): Promise<void> {
    await this.queue.catch(() => undefined);
    await this.journal.close();
    this.lock.release();
  }

  /** Checks the decision, keeps its evidence, writes it down, and only then takes it for true. */
  private async decide(draft: Draft, evidence: unknown): Promise<LocatedRelease> {
    applyDecision(this.state, this.numbered(draft));
    const bytes = encodeEvidence(evidence);
    const digest = bytes && (await this.blobs.keepBytes(bytes));
    const decision: Decision = { ...this.numbered(draft), ...(digest !== undefined && { evidence: digest }) };
    const next = applyDecision(this.state, decision);
    await this.journal.append(decision);
    this.state = next;
    this.made.push(decision);
    return this.release(decision.releaseId)!;
  }

  private numbered(draft: Draft): Decision {
    const atMs = (this.options.clock ?? Date.now)();
    return { ...draft, sequence: this.state.sequence + 1, atMs };
  }

  /** One after the other, in the order in which they were asked for. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.queue.catch(() => undefined).then(work);
    this.queue = turn;
    turn.catch(() => undefined);
    return turn;
  }

  private located(release: ReleaseRecord): LocatedRelease {
    const { locationOf } = this.options;
    const location = locationOf?.(release) ?? pathToFileURL(this.blobs.bundleDirectory(release.digest)).href;
    return { ...release, location };
  }
}

function acquire(directory: string): DirectoryLock {
  try {
    return DirectoryLock.acquire(directory);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'unavailable') throw cause;
    throw new RegistryError(
      'in-use',
      `the registry in ${directory} is in use by another process: stop it, or choose another folder`,
      { cause },
    );
  }
}
