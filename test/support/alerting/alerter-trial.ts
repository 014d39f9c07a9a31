import { setImmediate } from 'node:timers/promises';
import type { AlertPolicy } from '#alerting';
import { createAlerter, type AlerterOptions, type RunningAlerter } from '#alerter';
import { ServiceLogger } from '#service';
import { MemoryBroker, MemoryEventLog, type EventLog, type LogRecord, type OutgoingRecord } from '#stream';
import { alertSchema, decodeData, TOPICS, type Alert, type TopicName } from '#wire';

/** An alerter whose connection to the log can be cut. */
export type TrialAlerter = RunningAlerter & { crash(): Promise<void> };

/** Alerters on one memory broker, one after the other or side by side; time goes by hand. */
export class AlerterTrial {
  readonly broker = new MemoryBroker(() => 0);
  /** The wall clock. */
  nowMs = 0;
  private readonly writer = new MemoryEventLog(this.broker);
  private readonly opened: MemoryEventLog[] = [];

  constructor(
    private readonly policy: AlertPolicy,
    private readonly partitions = 1,
  ) {}

  async start(options: Partial<AlerterOptions> = {}): Promise<TrialAlerter> {
    const log = new MemoryEventLog(this.broker);
    this.opened.push(log);
    const running = await createAlerter({
      ...{ log, policy: this.policy, partitions: this.partitions, flushEveryMs: 2 ** 30, tickEveryMs: 2 ** 30 },
      clock: { rule: 'log', now: () => this.nowMs, patienceMs: 60_000 },
      logger: new ServiceLogger({ service: 'spec', level: 'silent' }),
      onFailure: (error) => {
        throw error;
      },
      ...options,
    });
    return { ...running, crash: () => log.close() };
  }

  append(topic: TopicName, records: readonly OutgoingRecord[]): Promise<void> {
    return this.writer.append(topic, records);
  }

  /** Everything on a topic, partition after partition. */
  async read(topic: TopicName): Promise<LogRecord[]> {
    const records: LogRecord[] = [];
    for await (const record of this.writer.readToEnd(topic)) records.push(record);
    return records;
  }

  alerts(): Promise<Alert[]> {
    return publishedAlerts(this.writer);
  }

  async close(): Promise<void> {
    for (const log of [...this.opened, this.writer]) await log.close();
  }
}

/** The alerts on a log, each transition once; fails when one sequence of an alert stands for different bytes. */
export async function publishedAlerts(log: EventLog): Promise<Alert[]> {
  const texts = new Map<string, string>();
  const alerts: Alert[] = [];
  for await (const { headers, value } of log.readToEnd(TOPICS.alerts)) {
    const [id, text] = [headers['ce_id']!, Buffer.from(value!).toString()];
    if (texts.has(id) && texts.get(id) !== text) throw new Error(`two transitions of id ${id} differ`);
    if (texts.has(id)) continue;
    texts.set(id, text);
    const decoded = decodeData(alertSchema, value);
    if (!decoded.ok) throw new Error(`an alert is not of the wire format: ${decoded.problem}`);
    alerts.push(decoded.data);
  }
  return alerts;
}

/** Resolves when an alerter has read so many records and holds no more of them than said. */
export async function alerterTook(alerter: RunningAlerter, records: number, held = 0): Promise<void> {
  while (alerter.tally().received < records) await setImmediate();
  await alerter.idle();
  while (alerter.tally().held > held) await alerter.tick();
}
