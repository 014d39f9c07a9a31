import { describe, expect, it } from '@jest/globals';
import { HOUR_MS } from '#clinical';
import { ServiceLogger } from '#service';
import { MemoryBroker, MemoryEventLog, type OutgoingRecord } from '#stream';
import { eventType, TOPICS, WINDOW_JOINED } from '#wire';
import { admission, observation } from '../../../../test/support/scorer/bedside-records.js';
import { ComputedScorer } from '../../../../test/support/scorer/computed-scorer.js';
import { merge } from '../../../../test/support/scorer/life-records.js';
import { scoreLog } from './score-log.js';

/** Takes a window that was handed on only when it is told to, as a broker that is slow would. */
class SlowLog extends MemoryEventLog {
  private readonly taken: Promise<void>;
  takeOn = (): void => undefined;

  constructor() {
    super(new MemoryBroker(() => 0));
    this.taken = new Promise((resolve) => (this.takeOn = resolve));
  }

  override async append(topic: string, records: readonly OutgoingRecord[]): Promise<void> {
    if (records.some(({ headers }) => eventType(headers) === WINDOW_JOINED)) await this.taken;
    return super.append(topic, records);
  }
}

describe('a pass of the scorer', () => {
  it('is not over before a window that it hands on to a survivor has come back to it', async () => {
    const log = new SlowLog();
    const records = [
      ...['a', 'b'].map((stayId) => admission(stayId)),
      observation('a', HOUR_MS, { signal: 'spo2', value: 91, unit: '%' }),
      observation('b', HOUR_MS),
      merge('a', 'b', 2 * HOUR_MS),
    ];
    let looks = 0;
    const tally = await scoreLog({
      ...{ log, scorer: new ComputedScorer({ floor: { completeness: 0, hoursSinceAdmission: 0 } }), partitions: 1 },
      ...{ logger: new ServiceLogger({ service: 'spec', level: 'silent' }), group: 'spec', maxStays: 10 },
      ...{ panels: true, everyHours: 1, contributions: false, signal: new AbortController().signal },
      feed: async (fed) => {
        await fed.append(TOPICS.bedsideEvents, records);
        return records.length;
      },
      onProgress: ({ events }) => {
        if (events.received === records.length && ++looks === 3) log.takeOn();
      },
    });
    expect(tally.events.received).toBe(records.length + 1);
    expect(tally.events.outcomes.applied).toBe(records.length + 1);
    await log.close();
  });
});
