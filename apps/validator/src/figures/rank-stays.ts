import type { JudgedRows } from './judged-rows.js';

/** How well the scores of one stay agreed with what became of it. */
export interface RankedStay {
  readonly stayId: string;
  readonly died: boolean;
  /** Mean negative log probability of the outcome over the stay's scores, nats. */
  readonly logLoss: number;
  readonly scores: number;
}

/** The stays that a person should look at first. */
export interface RankedStays {
  readonly best: readonly RankedStay[];
  readonly worst: readonly RankedStay[];
}

/** A risk of exactly 0 or 1 that is wrong counts as one of a millionth. */
const LEAST = 1e-6;

/**
 * The best and the worst stays by mean log loss, half of each list deaths, half survivors, as far as there are so many: nearly all stays
 * survive, and without parting them the best would all be survivors of a low risk.
 *
 * @param most length of each list
 */
export function rankStays(rows: JudgedRows, most: number): RankedStays {
  const ranked = lossByStay(rows);
  const half = Math.ceil(most / 2);
  const pick = (order: (a: RankedStay, b: RankedStay) => number): RankedStay[] => {
    const sorted = ranked.toSorted((a, b) => order(a, b) || (a.stayId < b.stayId ? -1 : 1));
    const [died, survived] = [sorted.filter((stay) => stay.died), sorted.filter((stay) => !stay.died)];
    const deaths = died.slice(0, Math.max(half, most - survived.length));
    return [...deaths, ...survived.slice(0, most - deaths.length)];
  };
  return { best: pick((a, b) => a.logLoss - b.logLoss), worst: pick((a, b) => b.logLoss - a.logLoss) };
}

function lossByStay({ stays, labels, risks }: JudgedRows): RankedStay[] {
  const sums = new Map<string, { died: boolean; loss: number; scores: number }>();
  stays.forEach((stayId, row) => {
    const died = labels[row] === 1;
    const sum = sums.get(stayId) ?? { died, loss: 0, scores: 0 };
    const probability = died ? risks[row]! : 1 - risks[row]!;
    sum.loss -= Math.log(Math.max(LEAST, probability));
    sum.scores++;
    sums.set(stayId, sum);
  });
  return [...sums].map(([stayId, { died, loss, scores }]) => ({ stayId, died, logLoss: loss / scores, scores }));
}
