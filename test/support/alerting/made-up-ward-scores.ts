import { seededRandom } from '#evaluation';
import type { OutgoingRecord } from '#stream';
import { admittedRecord, endedRecord, heardRecord, scoreRecord } from './alert-records.js';

/** What is put on the log before people look again. */
export interface WardStep {
  readonly bedside: readonly OutgoingRecord[];
  readonly scores: readonly OutgoingRecord[];
  /** The step's last minute. */
  readonly untilMinute: number;
}

const STEP_MINUTES = 30;
const SCORE_EVERY_MINUTES = 5;

/** Stays whose risk wanders, some of which fall silent, lose their model or end; the same for the same seed. */
export function madeUpWardScores(seed: number, stays: number, hours: number): WardStep[] {
  const random = seededRandom(seed);
  const beds = Array.from({ length: stays }, (_, at) => ({
    ...{ stayId: `stay-${at}`, risk: random(), endMinute: 60 * hours * (0.5 + random()) },
    silentFrom: random() < 0.3 ? 60 * hours * random() : Infinity,
  }));
  const steps: WardStep[] = [];
  for (let from = 0; from < 60 * hours; from += STEP_MINUTES) {
    const bedside: OutgoingRecord[] = from === 0 ? beds.map(({ stayId }) => admittedRecord(stayId, 0)) : [];
    const scores: OutgoingRecord[] = [];
    for (let minute = from + SCORE_EVERY_MINUTES; minute <= from + STEP_MINUTES; minute += SCORE_EVERY_MINUTES) {
      for (const bed of beds) {
        if (minute > bed.endMinute) continue;
        const isSilent = minute > bed.silentFrom && minute < bed.silentFrom + 120;
        bed.risk = Math.min(1, Math.max(0, bed.risk + 0.3 * (random() - 0.5)));
        const [isAway, news2] = [random() < 0.1, Math.floor(20 * random())];
        if (isSilent) continue;
        bedside.push(heardRecord(bed.stayId, minute));
        const more = { news2: { total: Math.min(20, news2), parts: {}, missing: [] } };
        scores.push(scoreRecord(bed.stayId, minute, isAway ? undefined : bed.risk, more));
      }
      for (const { stayId, endMinute } of beds) {
        if (endMinute >= minute && endMinute < minute + SCORE_EVERY_MINUTES)
          bedside.push(endedRecord(stayId, minute + 1));
      }
    }
    steps.push({ bedside, scores, untilMinute: from + STEP_MINUTES });
  }
  return steps;
}
