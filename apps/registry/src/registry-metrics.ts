import type { ReleaseRegistry, RegistryErrorCode } from '#registry';
import { watchGauge } from '#service';
import { RELEASE_STATES } from '#wire';
import { Counter, Gauge, type Registry } from 'prom-client';

/** The registry's Prometheus series. */
export class RegistryMetrics {
  private readonly refusals: Counter<'code'>;

  constructor(metrics: Registry, registry: ReleaseRegistry) {
    const registers = [metrics];
    new Gauge({
      name: 'vigil_registry_releases',
      help: 'Releases by state.',
      labelNames: ['state'],
      registers,
      collect() {
        const counts = registry.counts();
        for (const state of RELEASE_STATES) this.set({ state }, counts[state]);
      },
    });
    watchGauge(metrics, 'vigil_registry_decisions', 'Decisions in the journal.', () => registry.decisions().length);
    watchGauge(
      metrics,
      'vigil_registry_champion_since_seconds',
      'When the champion became it; 0 without one.',
      () => (registry.champion()?.changedAtMs ?? 0) / 1000,
    );
    this.refusals = new Counter({
      name: 'vigil_registry_refusals_total',
      help: 'Orders that were refused, by code.',
      labelNames: ['code'],
      registers,
    });
  }

  refused(code: RegistryErrorCode): void {
    this.refusals.inc({ code });
  }
}
