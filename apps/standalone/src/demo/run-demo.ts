import { firstStays, MemoryProgressStore, SYSTEM_CLOCK, type StaySource } from '#replay';
import type { ScoringOptions, WindowScorer } from '#scorer';
import type { ServiceLogger, Storage } from '#service';
import { TOPICS } from '#wire';
import { startStandalone, type Standalone } from '../standalone.js';
import { badEvents, type ExpectedEvent } from './bad-events.js';
import { caughtUp } from './caught-up.js';
import { countLog } from './count-log.js';
import { gatewayBeds, gatewayRecords } from './gateway-counts.js';
import { countHistory, type Stock } from './take-stock.js';

/** What a demonstration runs on. The storage must be new. */
export interface DemoOptions {
  readonly storage: Storage;
  readonly model: WindowScorer;
  readonly logger: ServiceLogger;
  readonly source: StaySource;
  readonly stays: number;
  readonly scoring?: ScoringOptions;
  /** When the first stay is admitted. @default so that the last event lies just in the past */
  readonly anchorMs?: number;
  /** Put before every stay's id. @default '' */
  readonly stayIdPrefix?: string;
  readonly partitions?: number;
  /** Longest wait for the apps to have read everything, milliseconds. @default 600_000 */
  readonly patienceMs?: number;
}

/** What a demonstration found. */
export interface DemoResult {
  readonly stock: Stock;
  /** Each message sent by hand, and whether its outcome was counted. */
  readonly sentByHand: readonly (ExpectedEvent & { readonly happened: boolean })[];
}

/** Replays stays at full speed through every app, then sends one message of every bad kind, and counts what became of all of it. */
export async function runDemo(options: DemoOptions): Promise<DemoResult> {
  const failure = new AbortController();
  const apps = await startStandalone({ ...options, port: 0, onFailure: (error) => failure.abort(error) });
  try {
    const deadline = AbortSignal.any([failure.signal, AbortSignal.timeout(options.patienceMs ?? 600_000)]);
    return await demonstrate(options, apps, deadline);
  } finally {
    await apps.stop();
  }
}

async function demonstrate(options: DemoOptions, apps: Standalone, deadline: AbortSignal): Promise<DemoResult> {
  const { storage, stays, anchorMs, stayIdPrefix = '' } = options;
  const { log, history } = storage;
  const progress = await apps.replay({
    source: firstStays(options.source, stays),
    clock: SYSTEM_CLOCK,
    progressStore: new MemoryProgressStore(),
    ...(anchorMs !== undefined && { anchorMs }),
    stayIdPrefix,
  }).done;
  await caughtUp(apps, progress.appendedEvents, deadline);
  const before = apps.scorer.tally().events.outcomes;
  const endedStayId = (await countLog(log)).stayIds[0]!;
  const byHand = badEvents(progress.simulatedMs, endedStayId, `${stayIdPrefix}demo-visitor`);
  await log.append(
    TOPICS.bedsideEvents,
    byHand.map(({ record }) => record),
  );
  await caughtUp(apps, progress.appendedEvents + byHand.length, deadline);
  const scorer = apps.scorer.tally();
  const logCounts = await countLog(log);
  const happened = ({ expected }: ExpectedEvent): boolean =>
    scorer.events.outcomes[expected] - before[expected] === byHand.filter((one) => one.expected === expected).length;
  return {
    sentByHand: byHand.map((event) => ({ ...event, happened: happened(event) })),
    stock: {
      replayed: { events: progress.appendedEvents, stays: progress.admittedStays },
      sentByHand: byHand.length,
      log: logCounts,
      scorer,
      gateway: { records: await gatewayRecords(apps.gatewayMetrics), beds: await gatewayBeds(apps.url) },
      history: await countHistory(history, logCounts.stayIds),
    },
  };
}
