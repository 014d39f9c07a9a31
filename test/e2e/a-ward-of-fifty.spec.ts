import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { DAY_MS, HOUR_MS } from '#clinical';
import type { EventLog } from '#stream';
import { alertSchema, decodeData, riskScoreSchema, TOPICS, type Alert, type RiskScore } from '#wire';
import type { z } from 'zod';
import { describeWithData } from '../support/describe-with-data.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { chosenWard } from '../support/ward/chosen-ward.js';
import { wholeWard, type WholeWard } from '../support/ward/whole-ward.js';

const NOW_MS = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
const FIRST_ANCHOR_MS = NOW_MS - 5 * DAY_MS;
const SECOND_ANCHOR_MS = NOW_MS - 2.5 * DAY_MS;
/** Ten stays of two days in about a minute and a half, which leaves time for a training. */
const SECOND_SPEED = 2_000;
const PATIENT_MS = 600_000;

async function readAll<T>(log: EventLog, topic: string, schema: z.ZodType<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const { value } of log.readToEnd(topic)) {
    const read = decodeData(schema, value);
    if (read.ok) all.push(read.data);
  }
  return all;
}

async function until<T>(look: () => Promise<T | undefined> | T | undefined, ward: WholeWard): Promise<T> {
  for (;;) {
    if (ward.failures.length > 0) throw ward.failures[0];
    const found = await look();
    if (found !== undefined) return found;
    await delay(50);
  }
}

/** Whether the order was taken; an alert may be over before the answer to it comes. */
async function tryPost(url: string, body: object): Promise<boolean> {
  const headers = { 'content-type': 'application/json' };
  const { ok } = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return ok;
}

describeWithData('a ward of fifty recorded stays', ['challenge-2012'], (path) => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let ward: WholeWard;
  let scores: RiskScore[];
  let alerts: Alert[];
  let champion: string;
  let candidate: string;
  let decision: { decision: string; policy: string };
  let swapMs: { promoted: number; rolledBack: number };

  const liveId = (): string => ward.apps.scorer.releases().live.releaseId;
  const openAlerts = async (): Promise<Alert[]> => {
    const answer = await fetch(`${ward.apps.alerter!.url}/alerts`);
    return ((await answer.json()) as { alerts: Alert[] }).alerts;
  };

  /** Reads everything that was replayed, and saves it. */
  async function settle(events: number): Promise<void> {
    await until(() => (ward.apps.scorer.tally().events.received >= events ? true : undefined), ward);
    await ward.apps.scorer.idle();
    await ward.apps.scorer.flush();
  }

  async function promoteByTheGate(): Promise<void> {
    await ward.apps.trainer!.flush();
    await ward.apps.trainer!.look();
    const url = `${ward.apps.trainer!.url}/trainings`;
    type Shown = {
      state: string;
      problem?: string;
      plan: { releaseId: string };
      decision: typeof decision;
      release: { state: string };
    };
    const training = await until(async () => {
      const [latest] = ((await (await fetch(url)).json()) as { trainings: Shown[] }).trainings;
      return latest === undefined || latest.state === 'running' ? undefined : latest;
    }, ward);
    expect(training.problem).toBeUndefined();
    expect(training).toMatchObject({ state: 'finished', release: { state: 'shadow' } });
    ({ decision } = training);
    candidate = training.plan.releaseId;
    await until(() => (ward.apps.scorer.shadows().scored > 0 ? true : undefined), ward);
    ward.aheadMs += 2 * HOUR_MS;
    const startedMs = performance.now();
    await ward.apps.trainer!.look();
    await until(() => (liveId() === candidate ? true : undefined), ward);
    swapMs.promoted = performance.now() - startedMs;
  }

  async function rollBack(): Promise<void> {
    const startedMs = performance.now();
    const order = { by: 'night shift', why: 'alerts that nobody understood' };
    expect(await tryPost(`${ward.registryUrl}/rollback`, order)).toBe(true);
    await until(() => (liveId() === champion ? true : undefined), ward);
    swapMs.rolledBack = performance.now() - startedMs;
  }

  /** Somebody answers the first alert that is still open when the answer comes. */
  async function acknowledgeOne(): Promise<void> {
    await until(async () => {
      const firing = (await openAlerts()).find(({ kind, state }) => kind === 'patient' && state === 'firing');
      const url = `${ward.apps.alerter!.url}/alerts/${firing?.alertId}/acknowledge`;
      return firing && (await tryPost(url, { by: 'nurse 12', why: 'on my way' })) ? true : undefined;
    }, ward);
  }

  beforeAll(async () => {
    swapMs = { promoted: NaN, rolledBack: NaN };
    folder = await temporaryFolder();
    ward = await wholeWard(folder.path);
    champion = liveId();
    const [first, second] = await chosenWard(path, { died: 25, survived: 25 }, 40);
    const whole = await ward.replay(first, FIRST_ANCHOR_MS).done;
    await settle(whole.events);
    const paced = ward.replay(second, SECOND_ANCHOR_MS, SECOND_SPEED);
    const acknowledged = acknowledgeOne();
    await promoteByTheGate();
    await rollBack();
    await acknowledged;
    const rest = await paced.done;
    await settle(whole.events + rest.events);
    await until(async () => ((await openAlerts()).every(({ kind }) => kind !== 'patient') ? true : undefined), ward);
    scores = await readAll(ward.storage.log, TOPICS.riskScores, riskScoreSchema);
    alerts = await readAll(ward.storage.log, TOPICS.alerts, alertSchema);
  }, PATIENT_MS);

  afterAll(async () => {
    await ward[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  }, 60_000);

  it('trains on the first forty that ended, and the gate lets the candidate pass by its policy', () => {
    expect(decision).toMatchObject({ policy: 'ward-of-fifty', decision: 'promote' });
    expect(candidate).not.toBe(champion);
  });

  it('misses no score while releases change, and each names one release', () => {
    const { due, waiting, outcomes } = ward.apps.scorer.tally().windows;
    expect(waiting).toBe(0);
    expect(outcomes).toMatchObject({ superseded: 0, abandoned: 0 });
    expect(scores).toHaveLength(due);
    expect(scores.filter(({ refusedBecause }) => refusedBecause === 'model-unavailable')).toEqual([]);
    expect(new Set(scores.map(({ releaseId }) => releaseId))).toEqual(new Set([champion, candidate]));
    expect(new Set(scores.map(({ stayId }) => stayId)).size).toBe(50);
  });

  it('switches within seconds', () => {
    expect(swapMs.promoted).toBeLessThan(60_000);
    expect(swapMs.rolledBack).toBeLessThan(60_000);
  });

  it('raises alerts that fire, are acknowledged, escalate and resolve, each transition once', () => {
    const patient = alerts.filter(({ kind }) => kind === 'patient');
    expect(patient.some(({ state }) => state === 'firing')).toBe(true);
    expect(patient.some(({ state, by }) => state === 'acknowledged' && by === 'nurse 12')).toBe(true);
    expect(patient.some(({ escalationLevel }) => escalationLevel > 0)).toBe(true);
    expect(patient.some(({ state }) => state === 'resolved')).toBe(true);
    const last = new Map<string, number>();
    for (const { alertId, sequence } of alerts) {
      expect([alertId, sequence]).toEqual([alertId, (last.get(alertId) ?? 0) + 1]);
      last.set(alertId, sequence);
    }
  });
});
