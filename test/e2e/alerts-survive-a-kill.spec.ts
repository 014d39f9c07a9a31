import { describe, expect, it } from '@jest/globals';
import { parsePolicy } from '#alerting';
import { seededRandom } from '#evaluation';
import { EmbeddedEventLog, MemoryBroker, MemoryEventLog, type EventLog } from '#stream';
import type { Alert } from '#wire';
import { START_MS } from '../support/alerting/alert-records.js';
import { madeUpWardScores } from '../support/alerting/made-up-ward-scores.js';
import { patientRule, policyOf, technicalRule } from '../support/alerting/policies.js';
import { WatchedWard, type Cut } from '../support/alerting/watched-ward.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const seed = Number(process.env['VIGIL_SEED'] ?? Math.floor(Math.random() * 1_000_000));

const POLICY = parsePolicy(
  policyOf(
    patientRule({
      ...{
        forMinutes: 10,
        recoverForMinutes: 10,
        refractoryMinutes: 60,
        worsenBy: 0.2,
        escalateAfterMinutes: [10, 25],
      },
      inhibits: ['news2-high'],
    }),
    patientRule({
      ...{ name: 'news2-high', severity: 'warning', refractoryMinutes: 30, escalateAfterMinutes: [45] },
      when: [{ measure: 'news2', rise: 14, fall: 8 }],
    }),
    technicalRule({ inhibits: ['stale'], escalateAfterMinutes: [20] }),
    technicalRule({ name: 'stale', condition: 'stale', afterMinutes: 20 }),
    technicalRule({ name: 'model', condition: 'model-unavailable', afterMinutes: 4 }),
  ),
);

/** Cuts at random writes, so many times, then never. */
function randomCuts(random: () => number, times: number): () => Cut | undefined {
  let left = times;
  return () => (left-- > 0 ? { at: 1 + Math.floor(5 * random()), isWriteDone: random() < 0.5 } : undefined);
}

/** The alerts that an alerter gives which nobody kills. */
let calm: Promise<Alert[]> | undefined;
function undisturbed(): Promise<Alert[]> {
  return (calm ??= inMemory(() => undefined).then(({ alerts }) => alerts));
}

async function watch(log: EventLog, cuts: () => Cut | undefined): Promise<{ alerts: Alert[]; kills: number }> {
  const ward = new WatchedWard(log, POLICY, cuts);
  const alerts = await ward.watch(madeUpWardScores(seed, 6, 4));
  return { alerts, kills: ward.kills };
}

const inMemory = (cuts: () => Cut | undefined): ReturnType<typeof watch> =>
  watch(new MemoryEventLog(new MemoryBroker(() => 0)), cuts);

describe(`a ward of made-up stays, VIGIL_SEED=${seed}`, () => {
  it('has alerts that fire, escalate, are acknowledged, snoozed and resolved, the same after kills between any two writes', async () => {
    const alerts = await undisturbed();
    const states = new Set(alerts.map(({ state, escalationLevel }) => `${state} ${Math.min(escalationLevel, 1)}`));
    for (const state of ['pending 0', 'firing 0', 'firing 1', 'resolved 0']) expect(states).toContain(state);
    expect(alerts.some(({ by }) => by === 'nurse')).toBe(true);
    expect(alerts.some(({ resolution }) => resolution === 'recovered')).toBe(true);
    const killed = await inMemory(randomCuts(seededRandom(seed + 1), 6));
    expect(killed.kills).toBe(6);
    expect(killed.alerts).toEqual(alerts);
  });

  it('has the same alerts on the embedded log, killed again and again', async () => {
    const alerts = await undisturbed();
    await using folder = await temporaryFolder();
    const log = EmbeddedEventLog.open({ directory: folder.path, now: () => START_MS });
    const killed = await watch(log, randomCuts(seededRandom(seed + 2), 4));
    await log.close();
    expect(killed.kills).toBe(4);
    expect(killed.alerts).toEqual(alerts);
  });
});
