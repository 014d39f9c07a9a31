import { collectDefaultMetrics, Registry } from 'prom-client';

/** What {@link createMetrics} is made with. */
export interface MetricsOptions {
  /** Name of the app; label `app` of every series. */
  readonly service: string;
  /**
   * Also gather the process's own figures (memory, event loop, garbage collection). Once a process.
   * @default true
   */
  readonly processMetrics?: boolean;
}

/** The Prometheus registry of an app. Labels come from closed sets: never a stay, a bed or a key. */
export function createMetrics(options: MetricsOptions): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ app: options.service });
  if (options.processMetrics ?? true) collectDefaultMetrics({ register: registry });
  return registry;
}
