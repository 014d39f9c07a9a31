import { Counter, type Registry } from 'prom-client';
import { watchGauge } from '#service';
import type { LiveErrorCode } from '#wire';
import type { BoardOutcome } from './alerts/alert-board.js';
import type { RecordOutcome } from './feed/take-record.js';

/** What the gauges show, asked for when Prometheus asks. */
export interface GatewayGauges {
  readonly clients: () => number;
  readonly stays: () => number;
  /** Epoch milliseconds. */
  readonly logClockMs: () => number | undefined;
  /** Whether the feed is silent. */
  readonly feedSilent: () => boolean;
}

/** The gateway's Prometheus series. Labels come from closed sets. */
export class GatewayMetrics {
  private readonly records: Counter;
  private readonly frames: Counter;
  private readonly bytes: Counter;
  private readonly closed: Counter;

  constructor(private readonly registry: Registry) {
    const registers = [registry];
    this.records = new Counter({
      name: 'vigil_gateway_records_total',
      help: 'Records read from the log, by topic and outcome.',
      labelNames: ['topic', 'outcome'],
      registers,
    });
    this.frames = new Counter({
      name: 'vigil_gateway_frames_total',
      help: 'Frames sent to and received from live clients.',
      labelNames: ['direction'],
      registers,
    });
    this.bytes = new Counter({
      name: 'vigil_gateway_sent_characters_total',
      help: 'Characters of the frames sent to live clients.',
      registers,
    });
    this.closed = new Counter({
      name: 'vigil_gateway_closed_total',
      help: 'Connections that the gateway closed, by error code.',
      labelNames: ['code'],
      registers,
    });
  }

  /** Adds the gauges; once a registry. */
  watch(gauges: GatewayGauges): void {
    const gauge = (name: string, help: string, read: () => number): void => watchGauge(this.registry, name, help, read);
    gauge('vigil_gateway_clients', 'Live clients connected.', gauges.clients);
    gauge('vigil_gateway_stays', 'Stays shown.', gauges.stays);
    gauge('vigil_gateway_log_clock_seconds', "The log's clock.", () => (gauges.logClockMs() ?? 0) / 1000);
    gauge('vigil_gateway_feed_silent', '1 while nothing arrives on the feed.', () => Number(gauges.feedSilent()));
  }

  record(topic: string, outcome: RecordOutcome | BoardOutcome): void {
    this.records.inc({ topic, outcome });
  }

  sent(characters: number): void {
    this.frames.inc({ direction: 'sent' });
    this.bytes.inc(characters);
  }

  received(): void {
    this.frames.inc({ direction: 'received' });
  }

  closedBecause(code: LiveErrorCode): void {
    this.closed.inc({ code });
  }
}
