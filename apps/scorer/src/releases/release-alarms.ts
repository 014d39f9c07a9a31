import type { ServiceLogger } from '#service';
import type { AssignedRelease } from './open-release.js';
import { mayComeBack } from './open-release.js';
import type { ReleaseAlarm } from './release-status.js';

/** The releases that should score and do not, each said once. */
export class ReleaseAlarms {
  private readonly alarms = new Map<string, ReleaseAlarm>();

  constructor(
    private readonly logger: ServiceLogger,
    private readonly nowMs: () => number,
  ) {}

  raise(role: ReleaseAlarm['role'], assigned: AssignedRelease, error: unknown): void {
    const { releaseId, digest } = assigned;
    const reason = error instanceof Error ? error.message : String(error);
    const known = this.alarms.get(keyOf(role, digest));
    const sinceMs = known?.sinceMs ?? this.nowMs();
    this.alarms.set(keyOf(role, digest), { role, releaseId, digest, reason, sinceMs, triedAgain: mayComeBack(error) });
    if (known?.reason !== reason)
      this.logger.error('technical alarm: a release stays out, what scored before goes on', {
        role,
        releaseId,
        reason,
      });
  }

  /** Whether a release is out and waits for a change before it is tried again. */
  isOut(role: ReleaseAlarm['role'], digest: string): boolean {
    return this.alarms.get(keyOf(role, digest))?.triedAgain === false;
  }

  /** Forgets what is about releases that are no longer to score, or do now. */
  keepOnly(due: (alarm: ReleaseAlarm) => boolean): void {
    for (const [key, alarm] of this.alarms) if (!due(alarm)) this.alarms.delete(key);
  }

  /** Lets everything be tried again. */
  forgive(): void {
    for (const [key, alarm] of this.alarms) this.alarms.set(key, { ...alarm, triedAgain: true });
  }

  list(): readonly ReleaseAlarm[] {
    return [...this.alarms.values()];
  }
}

function keyOf(role: ReleaseAlarm['role'], digest: string): string {
  return `${role}|${digest}`;
}
