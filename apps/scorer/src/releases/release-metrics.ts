import { watchGauge } from '#service';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { ReleaseStatus } from './release-status.js';

/** The Prometheus series of the releases, read from the status when someone looks. */
export function watchReleases(metrics: Registry, status: () => ReleaseStatus): void {
  const registers = [metrics];
  new Gauge({
    name: 'vigil_release_stays_out',
    help: 'Technical alarm: releases that are assigned and do not score, by role.',
    labelNames: ['role'],
    registers,
    collect() {
      for (const role of ['champion', 'shadow'] as const)
        this.set({ role }, status().alarms.filter((alarm) => alarm.role === role).length);
    },
  });
  watchGauge(
    metrics,
    'vigil_release_live_since_seconds',
    'When the live release began to score here.',
    () => status().live.sinceMs / 1000,
  );
  new Gauge({
    name: 'vigil_release_switch_seconds',
    help: 'Where the time of the last switch went.',
    labelNames: ['phase'],
    registers,
    collect() {
      const { lastSwitch } = status();
      if (!lastSwitch) return;
      for (const phase of ['fetch', 'load', 'warm', 'switch'] as const)
        this.set({ phase }, lastSwitch[`${phase}Ms`] / 1000);
    },
  });
  new Counter({
    name: 'vigil_release_switches_total',
    help: 'Switches of the live release since the start.',
    registers,
    collect() {
      this.reset();
      this.inc(status().switches);
    },
  });
  new Counter({
    name: 'vigil_release_parity_total',
    help: 'Releases held against their parity case before they scored, by outcome.',
    labelNames: ['outcome'],
    registers,
    collect() {
      this.reset();
      for (const [outcome, count] of Object.entries(status().parity)) this.inc({ outcome }, count);
    },
  });
}
