import type { HealthRegistry } from './health-registry.js';

/** Passes the first failure of an app on, and remembers it for the health checks. */
export class FirstFailure {
  error: Error | undefined;

  constructor(private readonly onFailure: (error: Error) => void) {}

  readonly report = (error: Error): void => {
    if (this.error) return;
    this.error = error;
    this.onFailure(error);
  };

  /** Registers a check under which the app is live and ready until it has failed. */
  watch(health: HealthRegistry, name: string): void {
    for (const kind of ['live', 'ready'] as const)
      health.register(kind, name, () =>
        this.error === undefined ? { healthy: true } : { healthy: false, detail: this.error.message },
      );
  }
}
