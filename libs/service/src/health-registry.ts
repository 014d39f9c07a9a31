/** What a check found. */
export interface HealthStatus {
  readonly healthy: boolean;
  /** One sentence for the person who looks; names no person. */
  readonly detail?: string;
}

/** `live`: restart the process when it fails. `ready`: send it no work while it fails. */
export type HealthKind = 'live' | 'ready';

/** Outcome of all checks of one kind. */
export interface HealthReport {
  readonly healthy: boolean;
  readonly checks: Readonly<Record<string, HealthStatus>>;
}

/** The health checks of an app, by name. A check that throws counts as failed. */
export class HealthRegistry {
  private readonly checks: Record<HealthKind, Map<string, () => HealthStatus | Promise<HealthStatus>>> = {
    live: new Map(),
    ready: new Map(),
  };

  /** Adds a check; a later one of the same kind and name replaces it. */
  register(kind: HealthKind, name: string, check: () => HealthStatus | Promise<HealthStatus>): void {
    this.checks[kind].set(name, check);
  }

  /** Runs the checks of a kind side by side. Without any check an app is healthy. */
  async report(kind: HealthKind): Promise<HealthReport> {
    const entries = await Promise.all(
      [...this.checks[kind]].map(async ([name, check]) => [name, await statusOf(check)] as const),
    );
    return { healthy: entries.every(([, status]) => status.healthy), checks: Object.fromEntries(entries) };
  }
}

async function statusOf(check: () => HealthStatus | Promise<HealthStatus>): Promise<HealthStatus> {
  try {
    return await check();
  } catch (error) {
    return { healthy: false, detail: error instanceof Error ? error.message : String(error) };
  }
}
