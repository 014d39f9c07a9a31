import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { AppProcess } from './app-process.js';

/** What the processes of a ward share. */
export interface WardProcessesOptions {
  /** Each app has a folder of its own in it. */
  readonly folder: string;
  readonly brokers: string;
  readonly influxUrl: string;
  readonly partitions: number;
  readonly scoreEveryMinutes: number;
  /** Words of the command line of the replay. */
  readonly replay: readonly string[];
}

/** The apps of a ward that answer, in the order in which they are started; the replay is a command beside them. */
export const SERVICES = ['registry', 'scorer', 'alerter', 'trainer', 'gateway'] as const;

/** One of {@link SERVICES}, or the replay. */
export type WardApp = (typeof SERVICES)[number] | 'replay';

/** Every app of a ward as a process of its own, as a hospital would run them: one Kafka, one InfluxDB, no shared folder. Nothing is started yet. */
export async function wardProcesses(options: WardProcessesOptions): Promise<Record<WardApp, AppProcess>> {
  const ports = await freePorts(SERVICES.length);
  const url = (app: WardApp): string => `http://127.0.0.1:${ports[SERVICES.indexOf(app as never)]!}`;
  const registry = { REGISTRY_URL: url('registry') };
  const flush = { FLUSH_EVERY_SECONDS: '1' };
  const service = (app: (typeof SERVICES)[number], own: Record<string, string> = {}): AppProcess => {
    const port = { [`${app.toUpperCase()}_PORT`]: new URL(url(app)).port };
    const main = app === 'trainer' ? 'service-main.js' : 'main.js';
    const words = [`dist/apps/${app}/src/${main}`];
    return new AppProcess({ name: app, words, url: url(app), settings: { ...shared(options, app), ...port, ...own } });
  };
  return {
    registry: service('registry'),
    scorer: service('scorer', {
      ...{ ...registry, ...flush, SCORER_OVERLOAD: 'wait', SCORE_EVERY_MINUTES: `${options.scoreEveryMinutes}` },
    }),
    alerter: service('alerter', { ...flush, ALERTER_CLOCK: 'log', ALERTER_PATIENCE_SECONDS: `${PATIENCE_SECONDS}` }),
    trainer: service('trainer', registry),
    gateway: service('gateway'),
    replay: new AppProcess({
      ...{ name: 'replay', words: ['dist/apps/replay/src/main.js', ...options.replay] },
      settings: shared(options, 'replay'),
    }),
  };
}

/** Longer than a killed scorer is away on a busy machine: nobody is given up for lost meanwhile. */
export const PATIENCE_SECONDS = 300;

function shared({ folder, brokers, influxUrl, partitions }: WardProcessesOptions, app: WardApp) {
  return {
    ...{ KAFKA_BROKERS: brokers, INFLUX_URL: influxUrl, PARTITIONS: `${partitions}` },
    ...{ VIGIL_STATE: join(folder, app), LOG_LEVEL: 'warn' },
  };
}

/** Ports that were free a moment ago, all different. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports: number[] = [];
  for (const server of servers) {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
    ports.push((server.address() as AddressInfo).port);
  }
  for (const server of servers) await new Promise((resolve) => server.close(resolve));
  return ports;
}
