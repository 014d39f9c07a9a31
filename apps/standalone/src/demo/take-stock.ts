import { DEAD_LETTER_OUTCOMES, EVENT_OUTCOMES, TOPICS } from '#wire';
import type { HistoryPoint, HistoryStore } from '#history';
import type { ScorerTally } from '#scorer';
import type { LogCounts } from './count-log.js';
import type { Agreement, LedgerLine } from './ledger.js';

/** The year 2096; InfluxDB counts nanoseconds in 64 bits. */
const FAR_AHEAD_MS = 4e12;

/** Everything that was counted, each by the app or the store itself. */
export interface Stock {
  readonly replayed: { readonly events: number; readonly stays: number };
  /** Messages that the demonstration sent itself. */
  readonly sentByHand: number;
  readonly log: LogCounts;
  readonly scorer: ScorerTally;
  readonly gateway: {
    /** By topic, then by the gateway's outcome. */
    readonly records: Readonly<Record<string, Readonly<Record<string, number>>>>;
    readonly beds: number;
  };
  readonly history: { readonly observations: number; readonly risks: number };
}

/** The figures, by app in the order in which the data go through them. */
export function ledgerOf(stock: Stock): LedgerLine[] {
  const { replayed, sentByHand, log, scorer, gateway, history } = stock;
  const line = (app: string) => (what: string, count: number) => ({ app, what, count });
  const [replay, score, gate, past] = [line('replay'), line('scorer'), line('gateway'), line('history')];
  const outcomes = EVENT_OUTCOMES.filter((outcome) => scorer.events.outcomes[outcome] > 0);
  return [
    replay('stays', replayed.stays),
    replay('out: events replayed', replayed.events),
    replay('out: events sent by hand', sentByHand),
    score('in: events', scorer.events.received),
    ...outcomes.map((outcome) => score(`  ${outcome}`, scorer.events.outcomes[outcome])),
    score('due windows', scorer.windows.due),
    ...Object.entries(scorer.windows.outcomes).map(([outcome, count]) => score(`  ${outcome}`, count)),
    score('out: scores', log.riskScores),
    score('out: dead letters', log.deadLetters),
    score('out: completed stays', log.completedStays),
    score('out: snapshots', scorer.snapshots),
    ...Object.entries(gateway.records).flatMap(([topic, byOutcome]) => [
      gate(`in: ${topic}`, sum(byOutcome)),
      ...Object.entries(byOutcome).map(([outcome, count]) => gate(`  ${outcome}`, count)),
    ]),
    gate('out: beds shown', gateway.beds),
    past('observations kept', history.observations),
    past('risks kept', history.risks),
  ];
}

/** What must be equal, when every event has ended in exactly one outcome and nothing was lost on the way. */
export function agreementsOf({ replayed, sentByHand, log, scorer, gateway, history }: Stock): Agreement[] {
  const { events, windows } = scorer;
  const needPerson = EVENT_OUTCOMES.filter((outcome) => DEAD_LETTER_OUTCOMES.has(outcome));
  const refusedEvents = needPerson.reduce((total, outcome) => total + events.outcomes[outcome], 0);
  const agree = (what: string, counted: number, expected: number): Agreement => ({ what, counted, expected });
  return [
    agree('events on the log are those sent', log.bedsideEvents, replayed.events + sentByHand),
    agree('the scorer read every event', events.received, log.bedsideEvents),
    agree('every event ended in one outcome', sum(events.outcomes), events.received),
    agree('dead letters are the events that need a person', log.deadLetters, refusedEvents),
    agree('every due window came to an end', sum(windows.outcomes), windows.due),
    agree('scores on the log', log.riskScores, windows.outcomes.scored + windows.outcomes.refused),
    agree('completed stays are the stays that ended', log.completedStays, log.endedStays),
    agree('the gateway read every event', sum(gateway.records[TOPICS.bedsideEvents]), log.bedsideEvents),
    agree('the gateway read every score', sum(gateway.records[TOPICS.riskScores]), log.riskScores),
    agree('beds shown are the stays admitted', gateway.beds, scorer.stays),
    agree('observations kept are those taken in', history.observations, log.observations),
    agree('risks kept are the scores', history.risks, log.scores),
  ];
}

/** Counts the points of some stays, whatever their time. */
export async function countHistory(history: HistoryStore, stayIds: readonly string[]): Promise<Stock['history']> {
  const count = async (kind: HistoryPoint['kind']): Promise<number> => {
    let points = 0;
    for (const stayId of stayIds) {
      for await (const { atMs } of history.read({ stayId, kind, fromMs: 0, toMs: FAR_AHEAD_MS }))
        points += Number(atMs > 0);
    }
    return points;
  };
  return { observations: await count('observation'), risks: await count('risk') };
}

function sum(counts: Readonly<Record<string, number>> = {}): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
