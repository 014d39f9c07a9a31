import { LIVE_DISCLAIMER } from '#wire';
import type { ServiceLogger } from '#service';
import type { EventLog } from '#stream';
import { join } from 'node:path';
import type { Registry } from 'prom-client';
import type { AlertSink } from './alert-sink.js';
import { SystemDeliveryClock, type DeliveryClock } from './delivery-clock.js';
import { DeliveryMetrics } from './delivery-metrics.js';
import { DELIVERY_POLICY, type DeliveryPolicy } from './delivery-policy.js';
import { deliveryReport, type DeliveriesReport, type DeliveryReport, type SinkReport } from './delivery-report.js';
import { DeliveryJournal } from './outbox/delivery-journal.js';
import type { DeliveryEnd, OutboxEntry } from './outbox/outbox-entry.js';
import { SinkOutbox } from './outbox/sink-outbox.js';

/** A sink and how it is tried. */
export interface ConfiguredSink {
  readonly sink: AlertSink;
  /** What differs from `DELIVERY_POLICY`. */
  readonly policy?: Partial<DeliveryPolicy>;
}

/** What an {@link AlertDelivery} is made with. The log belongs to the caller; the topics `alerts` and `dead-letters` exist already. */
export interface AlertDeliveryParts {
  readonly log: EventLog;
  readonly sinks: readonly ConfiguredSink[];
  /** Where the journals of the sinks are kept; of this process alone. */
  readonly folder: string;
  readonly logger: Pick<ServiceLogger, 'error'>;
  readonly metrics: Registry;
  /** @default the computer's own */
  readonly clock?: DeliveryClock;
  /** In [0, 1). @default Math.random */
  readonly random?: () => number;
  /** A subscription has died or a journal cannot be written: the process should stop. */
  readonly onFailure: (error: Error) => void;
}

interface Running {
  readonly sink: AlertSink;
  readonly outbox: SinkOutbox;
  readonly ended: Map<DeliveryEnd, number>;
  retried: number;
}

const MAX_LISTED = 200;

/** Delivers the transitions on `alerts` to every configured sink, each by its own outbox: at least once, in order for a stay, none holding up another. */
export class AlertDelivery {
  private readonly clock: DeliveryClock;
  private readonly metrics: DeliveryMetrics;
  private readonly running: Running[] = [];
  private readonly lately: DeliveryReport[] = [];

  private constructor(private readonly parts: AlertDeliveryParts) {
    this.clock = parts.clock ?? new SystemDeliveryClock();
    this.metrics = new DeliveryMetrics(parts.metrics);
  }

  /** Opens the journals and joins the groups of all sinks. Nothing happens without sinks. */
  static async start(parts: AlertDeliveryParts): Promise<AlertDelivery> {
    const delivery = new AlertDelivery(parts);
    try {
      for (const configured of parts.sinks) await delivery.open(configured);
      delivery.metrics.watch(delivery.running.map((running) => delivery.gauges(running)));
      for (const { outbox } of delivery.running) await outbox.start();
    } catch (error) {
      await delivery.close();
      throw error;
    }
    return delivery;
  }

  /** What waits, what ended lately, and how the sinks do. */
  report(): DeliveriesReport {
    const waiting: DeliveryReport[] = [];
    for (const { sink, outbox } of this.running) {
      for (const { entry, lane } of outbox.courier.waiting()) {
        waiting.push({ ...deliveryReport(sink.name, entry), nextAttemptAtMs: Math.max(lane.notBeforeMs, 0) });
      }
    }
    waiting.sort((a, b) => a.takenAtMs - b.takenAtMs);
    return {
      disclaimer: LIVE_DISCLAIMER,
      sinks: this.running.map((running) => this.sinkReport(running)),
      waiting: waiting.slice(0, MAX_LISTED),
      ended: [...this.lately].reverse(),
    };
  }

  /** Stops reading, waits a bounded time for what is under way, commits. The sinks stop side by side. */
  async close(): Promise<void> {
    await Promise.all(this.running.splice(0).map(({ outbox }) => outbox.close()));
  }

  private async open({ sink, policy }: ConfiguredSink): Promise<void> {
    const { log, folder, onFailure } = this.parts;
    const outbox = new SinkOutbox({
      ...{ log, sink, onFailure, clock: this.clock, random: this.parts.random ?? Math.random },
      journal: await DeliveryJournal.open(join(folder, `${sink.name}.journal`)),
      policy: { ...DELIVERY_POLICY, ...policy },
      onEnd: (end, entry) => this.ended(running, end, entry),
      onRetry: () => {
        running.retried += 1;
        this.metrics.retry(sink.name);
      },
    });
    const running: Running = { sink, outbox, ended: new Map(), retried: 0 };
    this.running.push(running);
  }

  private ended(running: Running, end: DeliveryEnd, entry: OutboxEntry | undefined): void {
    const { sink, ended } = running;
    const nowMs = this.clock.nowMs();
    ended.set(end, (ended.get(end) ?? 0) + 1);
    this.metrics.end(sink.name, end, end === 'delivered' ? nowMs - entry!.takenAtMs : undefined);
    if (entry === undefined) return;
    this.lately.push({ ...deliveryReport(sink.name, entry), end, endedAtMs: nowMs });
    if (this.lately.length > MAX_LISTED) this.lately.shift();
    if (end !== 'refused' && end !== 'exhausted') return;
    // what the receiver said may repeat what it was sent, so it stands in GET /deliveries and the dead letter only
    const { attempts } = entry;
    this.parts.logger.error('an alert could not be delivered and is a dead letter', { sink: sink.name, end, attempts });
  }

  private sinkReport(running: Running): SinkReport {
    const { sink, outbox, ended, retried } = running;
    return {
      ...{ sink: sink.name, type: sink.type, circuit: outbox.courier.circuitState, waiting: outbox.courier.size },
      ...{ oldestMs: this.oldestMs(outbox), ended: Object.fromEntries(ended), retried },
    };
  }

  private gauges(running: Running) {
    const { sink, outbox } = running;
    return {
      sink: sink.name,
      waiting: () => outbox.courier.size,
      oldestMs: () => this.oldestMs(outbox),
      circuit: () => outbox.courier.circuitState,
    };
  }

  private oldestMs(outbox: SinkOutbox): number {
    let oldestAtMs = Infinity;
    for (const { entry } of outbox.courier.waiting()) oldestAtMs = Math.min(oldestAtMs, entry.takenAtMs);
    return oldestAtMs === Infinity ? 0 : this.clock.nowMs() - oldestAtMs;
  }
}
