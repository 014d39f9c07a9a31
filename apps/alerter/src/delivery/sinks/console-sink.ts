import { LIVE_DISCLAIMER, type Alert } from '#wire';
import { AlertSink, type Delivery, type SinkAnswer } from '../alert-sink.js';
import { identified, type Identification } from './identification.js';
import { passesFilter, type SinkFilter } from './sink-filter.js';

/** What a {@link ConsoleSink} is made with. */
export interface ConsoleOptions {
  readonly name: string;
  readonly identify: Identification;
  readonly filter: SinkFilter;
  /** Takes a line; calls back once it is written. */
  readonly write: (line: string, written: (error?: Error | null) => void) => void;
}

/** Writes one line of JSON a transition. */
export class ConsoleSink extends AlertSink {
  constructor(private readonly options: ConsoleOptions) {
    super(options.name, 'console');
  }

  concerns(alert: Alert): boolean {
    return passesFilter(alert, this.options.filter);
  }

  deliver({ alert, deliveryId }: Delivery): Promise<SinkAnswer> {
    const { alertId, site, ward, rule, kind, severity, state, sequence, changedAtMs, summary } = alert;
    const line = JSON.stringify({
      ...{ disclaimer: LIVE_DISCLAIMER, deliveryId, alertId, site, ward, rule, kind, severity, state, sequence },
      ...{ at: new Date(changedAtMs).toISOString(), summary, ...identified(alert, this.options.identify) },
    });
    return new Promise((resolve) => {
      this.options.write(`${line}\n`, (error) => {
        if (error) resolve({ outcome: 'failed', detail: error.message });
        else resolve({ outcome: 'delivered' });
      });
    });
  }
}
