import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { EngineChoice } from '#engine';
import { shippedReleaseDirectory } from '#model';
import { pruneBundles } from '#registry';
import type { ServiceLogger } from '#service';
import type { EventLog } from '#stream';
import type { ReleaseAssignments } from '#wire';
import { openWindowScorer } from '../inference/open-window-scorer.js';
import { UnavailableScorer } from '../inference/unavailable-scorer.js';
import type { WindowScorer } from '../inference/window-scorer.js';
import { AssignmentFeed } from './assignment-feed.js';
import type { AssignedRelease, OpenedRelease } from './open-release.js';
import { ReleaseAlarms } from './release-alarms.js';
import { ReleaseLoader } from './release-loader.js';
import type { ReleaseStatus } from './release-status.js';
import { ReleaseReporter } from './releases.controller.js';
import { ServedReleases, type ReleaseSeat, type ShadowSeat } from './served-releases.js';

/** What releases are followed with. The log belongs to the caller. */
export interface FollowedReleasesOptions {
  readonly log: EventLog;
  readonly logger: ServiceLogger;
  /** Folder of the local cache of bundles. */
  readonly cacheDirectory: string;
  /** @default 'auto' */
  readonly engine?: EngineChoice;
  /** Worker threads of the live release; a shadow has one. @default 1 */
  readonly threads?: number;
  /** Where the registry is, such as `http://127.0.0.1:3030`; its token is sent there only. */
  readonly registryUrl?: string | undefined;
  readonly registryToken?: string | undefined;
  /** Folder of the bundle that is served while the log names no champion. @default the release that comes with Vigil */
  readonly withoutChampion?: string;
  /** Epoch milliseconds. @default Date.now */
  readonly nowMs?: () => number;
  /** Waits before a place that did not answer is asked again; rejects when the signal aborts. @default a timer */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Shadows that are served at once; each costs a thread and the memory of a release. */
const MAX_SHADOWS = 2;
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 60_000;

/**
 * Serves what `model-releases` assigns: the champion as of the topic's end when it is opened, and every change while it follows. A new
 * release is fetched, loaded, warmed up and proved beside the live one; only then windows go to it. One that fails stays out, with a
 * technical alarm, and what scored before goes on.
 */
export class FollowedReleases extends ReleaseReporter {
  readonly served: ServedReleases;
  private readonly alarms: ReleaseAlarms;
  private readonly loader: ReleaseLoader;
  private readonly nowMs: () => number;
  private readonly stopping = new AbortController();
  private readonly shadowDigests = new WeakMap<ReleaseSeat, string>();
  private work: Promise<void> = Promise.resolve();
  private working = false;
  private wake = (): void => undefined;
  private sinceMs: number;
  private switches = 0;
  private lastSwitch: ReleaseStatus['lastSwitch'];

  private constructor(
    private readonly options: FollowedReleasesOptions,
    private readonly feed: AssignmentFeed,
    private target: ReleaseAssignments | undefined,
    first: WindowScorer,
    private liveDigest: string | undefined,
  ) {
    super();
    this.nowMs = options.nowMs ?? Date.now;
    this.alarms = new ReleaseAlarms(options.logger, this.nowMs);
    this.sinceMs = this.nowMs();
    const { engine = 'auto' } = options;
    this.loader = new ReleaseLoader({ ...options, engine }, this.alarms);
    this.served = new ServedReleases(this.loader.seatOf(first));
  }

  /**
   * Opens the champion as of the topic's end. One that cannot be had leaves every window refused as `model-unavailable` until it can:
   * another release than the one that was decided on never takes its place.
   */
  static async open(options: FollowedReleasesOptions): Promise<FollowedReleases> {
    const { log, logger, engine = 'auto', threads = 1, withoutChampion = shippedReleaseDirectory() } = options;
    const feed = new AssignmentFeed({
      log,
      onProblem: (problem) => logger.error('technical alarm: the assignments are not understood', { problem }),
    });
    const target = await feed.read();
    if (!target?.champion) {
      const scorer = await openWindowScorer({ bundleDirectory: withoutChampion, engine, threads, logger });
      return new FollowedReleases(options, feed, target, scorer, await digestOf(withoutChampion));
    }
    const nobody = new UnavailableScorer(`${target.champion.releaseId} is not loaded yet`);
    const followed = new FollowedReleases(options, feed, target, nobody, undefined);
    await followed.settleChampion(target.champion);
    followed.switches = 0;
    return followed;
  }

  /** Begins to follow; resolves when changes can arrive. Shadows and a champion that could not be had are opened meanwhile. */
  async follow(onFailure: (error: Error) => void): Promise<void> {
    const onChange = (assignments: ReleaseAssignments): void => {
      this.target = assignments;
      this.alarms.forgive();
      this.wake();
      this.settle(onFailure);
    };
    this.settle(onFailure);
    await this.feed.follow(onChange, onFailure);
  }

  /** Resolves when everything that was assigned so far is served, or out. */
  async atRest(): Promise<void> {
    while (this.working) await this.work;
  }

  override status(): ReleaseStatus {
    const { releaseId, stage, engine } = this.served.live.scorer.release;
    const champion = this.target?.champion;
    return {
      live: {
        ...{ releaseId, stage, engine, sinceMs: this.sinceMs },
        ...(this.liveDigest !== undefined && { digest: this.liveDigest }),
      },
      follows: true,
      ...(champion && { champion: { releaseId: champion.releaseId, digest: champion.digest } }),
      shadows: this.served.shadows.map(({ seat, share }) => {
        return { releaseId: seat.scorer.release.releaseId, digest: this.shadowDigests.get(seat)!, share };
      }),
      alarms: this.alarms.list(),
      ...(this.lastSwitch && { lastSwitch: this.lastSwitch }),
      ...{ switches: this.switches, parity: { ...this.loader.parity } },
    };
  }

  /** Stops following and closes every release; no window may be with them any more. */
  async close(): Promise<void> {
    this.stopping.abort();
    this.wake();
    await this.feed.stop();
    await this.work;
    await this.loader.close();
  }

  /** Sees to what is assigned, one pass after the other, until nothing has changed meanwhile. */
  private settle(onFailure: (error: Error) => void): void {
    if (this.working || this.stopping.signal.aborted) return;
    this.working = true;
    this.work = this.settleAll().catch((error: unknown) =>
      onFailure(error instanceof Error ? error : new Error(String(error))),
    );
  }

  private async settleAll(): Promise<void> {
    let retryMs = FIRST_RETRY_MS;
    try {
      while (!this.stopping.signal.aborted && this.target) {
        const { target } = this;
        if (target.champion) await this.settleChampion(target.champion);
        await this.settleShadows(target);
        await this.prune(target);
        if (this.target !== target) continue;
        if (!this.alarms.list().some(({ triedAgain }) => triedAgain)) return;
        await this.pause(retryMs);
        retryMs = this.target === target ? Math.min(2 * retryMs, LONGEST_RETRY_MS) : FIRST_RETRY_MS;
      }
    } finally {
      this.working = false;
    }
  }

  private async settleChampion(champion: AssignedRelease): Promise<void> {
    const isOut = (): boolean => champion.digest !== this.liveDigest;
    this.alarms.keepOnly(({ role, digest }) => role !== 'champion' || (digest === champion.digest && isOut()));
    if (!isOut() || this.alarms.isOut('champion', champion.digest)) return;
    const opened = await this.loader.open('champion', champion, this.options.threads ?? 1);
    if (!opened) return;
    if (this.target?.champion?.digest !== champion.digest) return opened.scorer.close();
    this.switchTo(champion, opened);
    this.alarms.keepOnly(({ role }) => role !== 'champion');
  }

  private switchTo(champion: AssignedRelease, { scorer, fetchMs, loadMs, warmMs, parity }: OpenedRelease): void {
    const from = this.served.live.scorer.release.releaseId;
    const startMs = performance.now();
    this.served.switchTo(this.loader.seatOf(scorer));
    const switchMs = performance.now() - startMs;
    this.liveDigest = champion.digest;
    this.sinceMs = this.nowMs();
    this.switches += 1;
    const times = { fetchMs, loadMs, warmMs, switchMs };
    this.lastSwitch = { ...times, from, to: champion.releaseId, atMs: this.sinceMs };
    this.options.logger.info('release switched', { from, to: champion.releaseId, parity, ...rounded(times) });
  }

  private async settleShadows({ champion, shadows }: ReleaseAssignments): Promise<void> {
    const due = shadows.filter(({ digest }) => digest !== champion?.digest).slice(0, MAX_SHADOWS);
    this.alarms.keepOnly(({ role, digest }) => role !== 'shadow' || due.some((one) => one.digest === digest));
    const kept = this.served.shadows.filter(({ seat }) =>
      due.some(({ digest }) => digest === this.shadowDigests.get(seat)),
    );
    this.served.setShadows(kept);
    const next: ShadowSeat[] = [];
    for (const shadow of due) {
      const known = kept.find(({ seat }) => this.shadowDigests.get(seat) === shadow.digest)?.seat;
      const seat = known ?? (await this.openShadow(shadow));
      if (!seat) continue;
      this.shadowDigests.set(seat, shadow.digest);
      next.push({ seat, share: shadow.share });
    }
    this.served.setShadows(next);
  }

  private async openShadow(shadow: AssignedRelease): Promise<ReleaseSeat | undefined> {
    if (this.alarms.isOut('shadow', shadow.digest)) return undefined;
    const opened = await this.loader.open('shadow', shadow, 1);
    if (!opened) return undefined;
    this.alarms.keepOnly(({ role, digest }) => role !== 'shadow' || digest !== shadow.digest);
    this.options.logger.info('shadow opened', { releaseId: shadow.releaseId, parity: opened.parity });
    return this.loader.seatOf(opened.scorer);
  }

  /** Keeps what is assigned and what is live; the rest of the cache goes. */
  private async prune({ champion, shadows }: ReleaseAssignments): Promise<void> {
    const keep = [champion?.digest, this.liveDigest, ...shadows.map(({ digest }) => digest)];
    await pruneBundles(this.options.cacheDirectory, new Set(keep.filter((digest) => digest !== undefined)));
  }

  /** Until the time is over, something else is assigned, or the end. */
  private async pause(ms: number): Promise<void> {
    const over = new AbortController();
    const { wait = pauseFor } = this.options;
    const woken = new Promise<void>((resolve) => (this.wake = resolve));
    await Promise.race([wait(ms, over.signal).catch(() => undefined), woken]);
    over.abort();
  }
}

function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  return delay(ms, undefined, { signal, ref: false });
}

function rounded(times: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(times).map(([name, ms]) => [name, Math.round(10 * ms) / 10]));
}

async function digestOf(directory: string): Promise<string | undefined> {
  const bytes = await readFile(join(directory, 'manifest.json')).catch(() => undefined);
  return bytes && createHash('sha256').update(bytes).digest('hex');
}
