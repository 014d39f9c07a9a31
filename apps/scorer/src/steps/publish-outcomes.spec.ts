import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS, SIGNAL_IDS, signalDefinition, type Observation } from '#clinical';
import { HistoryError, type HistoryPoint, type HistoryStore } from '#history';
import { MemoryBroker, MemoryEventLog } from '#stream';
import { completedStaySchema, decodeData, topicLayout, TOPICS, type CompletedStay } from '#wire';
import { decodeWindow, StayWindow, windowObservations } from '#windows';
import { collectAll } from '../../../../test/support/collect-all.js';
import { ADMITTED_AT_MS } from '../../../../test/support/scorer/bedside-records.js';
import { KeptHistory } from '../../../../test/support/scorer/kept-history.js';
import type { EndedStay } from '../stays/stay-state.js';
import { assembleCompletedStay } from './assemble-completed-stay.js';
import { without } from './without.js';
import { publishOutcomes } from './publish-outcomes.js';
import { observationPoint } from './write-history.js';

function heartRate(hour: number): Observation {
  const effectiveAtMs = ADMITTED_AT_MS + hour * HOUR_MS;
  return { signal: 'heart-rate', value: 60 + hour, effectiveAtMs, availableAtMs: effectiveAtMs, source: 'monitor' };
}

function endedStay(days: number, more: Partial<EndedStay> = {}): EndedStay {
  return {
    stay: { stayId: 'a', site: 's', ward: 'w', bed: 'b', admittedAtMs: ADMITTED_AT_MS, static: {} },
    ...{ due: { scorable: true }, priorStayIds: [], lifeAtMs: 0, withdrawn: false, nextOffset: 1n, lastRecordAtMs: 9 },
    end: { endedAtMs: ADMITTED_AT_MS + days * DAY_MS },
    window: new StayWindow(ADMITTED_AT_MS),
    ...more,
  };
}

function valuesOf({ days }: CompletedStay): number[] {
  return days.flatMap(({ windowBase64 }) =>
    windowObservations(decodeWindow(Buffer.from(windowBase64, 'base64'))).map(({ value }) => value),
  );
}

describe('assembleCompletedStay', () => {
  it('leaves the oldest days out when the record would be too large, and says how many', () => {
    const observations = Array.from({ length: 96 }, (_, hour) => heartRate(hour));
    const whole = assembleCompletedStay(endedStay(5), observations);
    expect([whole.omittedDays, whole.days.length]).toEqual([0, 4]);
    const size = whole.days.reduce((sum, { windowBase64 }) => sum + windowBase64.length, 0);
    const cut = assembleCompletedStay(endedStay(5), observations, size - 1);
    expect([cut.omittedDays, cut.days.map(({ day }) => day)]).toEqual([1, [1, 2, 3]]);
    expect(assembleCompletedStay(endedStay(5), observations, size)).toEqual(whole);
    expect(assembleCompletedStay(endedStay(5), observations, 0).days).toEqual([]);
  });

  it('keeps at least seventeen days in which every slot is taken within 512 KiB', () => {
    const slots = SIGNAL_IDS.flatMap((signal) => {
      const { slotMinutes, plausible } = signalDefinition(signal);
      const slotMs = slotMinutes * MINUTE_MS;
      return Array.from({ length: (20 * DAY_MS) / slotMs }, (_, slot): Observation => {
        const effectiveAtMs = ADMITTED_AT_MS + slot * slotMs;
        return { signal, value: plausible[0], effectiveAtMs, availableAtMs: effectiveAtMs, source: 'monitor' };
      });
    });
    const completed = assembleCompletedStay(endedStay(21), slots);
    expect([completed.days.length, completed.omittedDays, completed.days[0]!.day]).toEqual([17, 3, 3]);
    expect(JSON.stringify(completed).length).toBeLessThan(516 * 1024);
  });

  it('does not depend on the order of the observations, and holds none that became available after the end', () => {
    const observations = [heartRate(30), heartRate(2), heartRate(24)];
    const completed = assembleCompletedStay(endedStay(1), observations);
    expect(completed).toEqual(assembleCompletedStay(endedStay(1), observations.toReversed()));
    expect(valuesOf(completed)).toEqual([62, 84]);
    expect(completed.outcome).toBe('unknown');
  });
});

describe('publishOutcomes', () => {
  async function published(past: EndedStay, history: HistoryStore, before: CompletedStay | undefined) {
    const log = new MemoryEventLog(new MemoryBroker(() => 0));
    await log.ensureTopics([topicLayout(TOPICS.stayOutcomes, 1)]);
    if (before) {
      const value = Buffer.from(JSON.stringify(before));
      await log.append(TOPICS.stayOutcomes, [{ key: before.stayId, value, headers: {}, timestampMs: 0 }]);
    }
    const waits: number[] = [];
    const parts = { log, history, partition: 0, wait: async (ms: number) => void waits.push(ms), goesOn: () => true };
    await publishOutcomes([{ kind: 'completed', past, loggedAtMs: 5 }], parts);
    const [record] = await collectAll(log.readToEnd(TOPICS.stayOutcomes));
    const decoded = decodeData(completedStaySchema, record!.value);
    if (!decoded.ok) throw new Error(decoded.problem);
    return { completed: decoded.data, waits };
  }

  it('finds the observations of a stay that ended long ago in its own record, for the history forgets', async () => {
    const before = assembleCompletedStay(endedStay(2), [heartRate(1), heartRate(30)]);
    const departed = without(endedStay(2, { end: { ...endedStay(2).end, outcome: 'died' } }), 'window');
    const history = new KeptHistory();
    await history.write([observationPoint('a', heartRate(30))]);
    const { completed } = await published(departed, history, before);
    expect([valuesOf(completed), completed.outcome]).toEqual([[61, 90], 'died']);
  });

  it('reads what the stay took up, and waits for a history that is away', async () => {
    class AwayAtFirst extends KeptHistory {
      private failures = 2;
      override async *read(query: Parameters<KeptHistory['read']>[0]): AsyncIterable<HistoryPoint> {
        if (this.failures-- > 0) throw new HistoryError('away', true);
        yield* super.read(query);
      }
    }
    const history = new AwayAtFirst();
    await history.write([observationPoint('a', heartRate(1)), observationPoint('prior', heartRate(3))]);
    const { completed, waits } = await published(endedStay(1, { priorStayIds: ['prior'] }), history, undefined);
    expect([valuesOf(completed), waits]).toEqual([
      [61, 63],
      [200, 400],
    ]);
  });
});
