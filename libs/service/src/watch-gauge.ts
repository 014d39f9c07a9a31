import { Gauge, type Registry } from 'prom-client';

/** A Prometheus gauge without labels whose value is asked for when Prometheus asks. */
export function watchGauge(registry: Registry, name: string, help: string, read: () => number): void {
  new Gauge({
    ...{ name, help, registers: [registry] },
    collect() {
      this.set(read());
    },
  });
}
