import { afterEach, describe, expect, it } from '@jest/globals';
import { parsePolicy, type AlertRecord } from '#alerting';
import { TOPICS, type Alert } from '#wire';
import { AlerterTrial, alerterTook, type TrialAlerter } from '../../../test/support/alerting/alerter-trial.js';
import { admittedRecord, endedRecord, heardRecord, scoreRecord } from '../../../test/support/alerting/alert-records.js';
import { patientRule, policyOf, technicalRule } from '../../../test/support/alerting/policies.js';
import { SettingsError } from '#service';

const POLICY = parsePolicy(
  policyOf(patientRule({ forMinutes: 5, escalateAfterMinutes: [15, 60], worsenBy: 0.2 }), technicalRule()),
);

const trials: AlerterTrial[] = [];
function trial(partitions?: number): AlerterTrial {
  trials.push(new AlerterTrial(POLICY, partitions));
  return trials.at(-1)!;
}
afterEach(async () => {
  for (const one of trials.splice(0)) await one.close();
});

const story = (alerts: readonly Alert[]): string[] =>
  alerts.map(({ stayId, rule, state, escalationLevel, resolution }) =>
    [stayId, rule, state, escalationLevel || '', resolution ?? ''].join(' ').trim().replace(/ +/g, ' '),
  );

/** A stay whose risk rises, and is scored every five minutes until a minute. */
const rising = (stayId: string, until: number): ReturnType<typeof scoreRecord>[] =>
  Array.from({ length: until / 5 + 1 }, (_, at) => scoreRecord(stayId, 5 * at, at === 0 ? 0.1 : 0.6));

/** Lets the scores of a trial be taken without any bedside event. */
async function takeScores(one: AlerterTrial, alerter: TrialAlerter, records: ReturnType<typeof rising>): Promise<void> {
  one.nowMs += 5_000;
  await one.append(TOPICS.riskScores, records);
  await alerterTook(alerter, alerter.tally().received + records.length);
}

describe('the alerter', () => {
  it('publishes what fires, escalates by the time of the log, and closes the alerts of a stay that ends', async () => {
    const one = trial(2);
    const alerter = await one.start();
    await takeScores(one, alerter, rising('a', 30));
    expect(story(await one.alerts())).toEqual(['a risk-high pending', 'a risk-high firing', 'a risk-high firing 1']);
    await one.append(TOPICS.bedsideEvents, [endedRecord('a', 30)]);
    await alerterTook(alerter, 8);
    expect(story(await one.alerts()).at(-1)).toBe('a risk-high resolved 1 stay-ended');
    const { outcomes, received, held } = alerter.tally();
    expect(Object.values(outcomes).reduce((sum, count) => sum + count, held)).toBe(received);
    await alerter.stop();
  });

  it('lets the end of a stay wait for its last scores, and no longer than its patience when none come', async () => {
    const one = trial();
    const alerter = await one.start();
    one.nowMs = 5_000;
    await one.append(TOPICS.bedsideEvents, [admittedRecord('a', 0), heardRecord('a', 5), endedRecord('a', 10)]);
    await alerterTook(alerter, 3, 3);
    await one.append(TOPICS.riskScores, rising('a', 10));
    await alerterTook(alerter, 6);
    expect(story(await one.alerts())).toEqual([
      'a risk-high pending',
      'a risk-high firing',
      'a risk-high resolved stay-ended',
    ]);
    await one.append(TOPICS.bedsideEvents, [admittedRecord('b', 20), endedRecord('b', 30)]);
    await alerterTook(alerter, 8, 2);
    expect(alerter.tally().held).toBe(2);
    one.nowMs += 60_000;
    await alerter.tick();
    expect(alerter.tally().held).toBe(0);
    await alerter.stop();
  });

  it('lets a score wait for the events before it that are on their way', async () => {
    const one = trial();
    const alerter = await one.start();
    await one.append(TOPICS.riskScores, [scoreRecord('a', 5, 0.6), scoreRecord('a', 10, 0.6)]);
    await alerterTook(alerter, 2, 2);
    await one.append(TOPICS.bedsideEvents, [endedRecord('a', 7), heardRecord('b', 10)]);
    await alerterTook(alerter, 4);
    expect(alerter.tally().outcomes).toMatchObject({ applied: 2, 'stay-ended': 1, 'stay-unknown': 1 });
    expect(story(await one.alerts())).toEqual(['a risk-high pending', 'a risk-high resolved stay-ended']);
    await alerter.stop();
  });

  it('lets a score wait for events whose delivery was paused, however long that was', async () => {
    const one = trial();
    const alerter = await one.start();
    await one.append(TOPICS.bedsideEvents, [admittedRecord('a', 0), heardRecord('a', 31)]);
    await alerterTook(alerter, 2, 2);
    await one.append(TOPICS.bedsideEvents, [endedRecord('a', 40), heardRecord('b', 60)]);
    one.nowMs += 5_000;
    for (let ticks = 0; ticks < 3; ticks++) await alerter.tick();
    expect(alerter.tally().received).toBe(2);
    await one.append(TOPICS.riskScores, [scoreRecord('a', 30, 0.6), scoreRecord('a', 50, 0.6)]);
    await alerterTook(alerter, 6, 1);
    expect(alerter.tally().outcomes).toMatchObject({ applied: 4, 'stay-ended': 1 });
    await alerter.stop();
  });

  it('lets a score wait for events that came while the process stood still', async () => {
    const one = trial();
    const alerter = await one.start();
    await one.append(TOPICS.bedsideEvents, [admittedRecord('a', 0)]);
    await one.append(TOPICS.riskScores, [scoreRecord('a', 0, 0.6)]);
    await alerterTook(alerter, 2);
    one.nowMs += 5_000;
    await one.append(TOPICS.riskScores, [scoreRecord('a', 20, 0.6)]);
    await alerterTook(alerter, 3, 1);
    await alerter.tick();
    await one.append(TOPICS.bedsideEvents, [endedRecord('a', 10)]);
    await alerterTook(alerter, 4, 1);
    one.nowMs += 5_000;
    await alerterTook(alerter, 4);
    expect(alerter.tally().outcomes).toMatchObject({ 'stay-ended': 1 });
    await alerter.stop();
  });

  it('raises a technical alarm for a silent stay when other stays move the time on', async () => {
    const one = trial();
    const alerter = await one.start();
    await takeScores(one, alerter, [
      scoreRecord('a', 0, 0.1),
      ...[30, 60, 66].map((minute) => scoreRecord('b', minute, 0.1)),
    ]);
    await alerter.tick();
    expect(story(await one.alerts())).toEqual(['a feed-silent firing']);
    await alerter.stop();
  });

  it('puts scores and commands that it cannot read among the dead letters', async () => {
    const one = trial();
    const alerter = await one.start();
    await one.append(TOPICS.riskScores, [scoreRecord('a', 0, 7)]);
    await one.append(TOPICS.alertCommands, [scoreRecord('a', 0, 0.5)]);
    await alerterTook(alerter, 2);
    expect(alerter.tally().outcomes).toMatchObject({ malformed: 1, 'type-unknown': 1 });
    expect(await one.read(TOPICS.deadLetters)).toHaveLength(2);
    await alerter.stop();
  });
});

describe('an alerter that is started again', () => {
  it('goes on from its snapshots after a clean stop, and repeats nothing', async () => {
    const one = trial(2);
    const first = await one.start();
    await takeScores(one, first, rising('a', 10));
    await first.stop();
    const second = await one.start();
    await takeScores(one, second, rising('a', 30).slice(3));
    expect(second.tally().received).toBe(4);
    expect(story(await one.alerts())).toEqual(['a risk-high pending', 'a risk-high firing', 'a risk-high firing 1']);
    await second.stop();
  });

  it('publishes after a crash what it had decided and not published, and reads again without deciding again', async () => {
    const one = trial();
    const first = await one.start();
    await takeScores(one, first, rising('a', 10));
    await first.crash();
    const second = await one.start();
    await takeScores(one, second, [scoreRecord('a', 15, 0.6)]);
    expect(second.tally().outcomes.duplicate).toBe(3);
    await second.tick();
    const before = (await one.read(TOPICS.alerts)).length;
    expect(before).toBeGreaterThanOrEqual(2);
    expect(story(await one.alerts())).toEqual(['a risk-high pending', 'a risk-high firing']);
    await second.stop();
  });

  it('under another policy ends the alerts that it does not have', async () => {
    const one = trial();
    const first = await one.start();
    await takeScores(one, first, rising('a', 10));
    await first.stop();
    const second = await one.start({ policy: parsePolicy(policyOf(technicalRule())) });
    await takeScores(one, second, [scoreRecord('b', 30, 0.6)]);
    await second.tick();
    expect(story(await one.alerts()).at(-1)).toBe('a risk-high resolved superseded');
    await second.stop();
  });
});

describe('an alerter that loses a partition', () => {
  it('leaves it to the new owner, who goes on with the same alerts', async () => {
    const one = trial(2);
    const first = await one.start();
    const stays = ['a', 'b', 'c', 'd', 'e', 'f'];
    await takeScores(
      one,
      first,
      stays.flatMap((stay) => rising(stay, 10)),
    );
    await first.flush();
    const second = await one.start();
    one.nowMs += 5_000;
    await one.append(
      TOPICS.riskScores,
      stays.flatMap((stay) => rising(stay, 40).slice(3)),
    );
    const expected = 6 * 3 + 6 * 6;
    while (first.tally().received + second.tally().received < expected) await new Promise(setImmediate);
    one.nowMs += 5_000;
    for (const alerter of [first, second]) {
      await alerterTook(alerter, 0);
      await alerter.tick();
    }
    expect(second.tally().received).toBeGreaterThan(0);
    const alerts = await one.alerts();
    expect(alerts.filter(({ escalationLevel }) => escalationLevel === 1)).toHaveLength(6);
    expect(new Set(alerts.map(({ alertId }) => alertId)).size).toBe(6);
    for (const alerter of [second, first]) await alerter.stop();
  });
});

describe('the HTTP of the alerter', () => {
  const http = { host: '127.0.0.1', port: 0 };
  const TOKEN = 'a-token-of-sixteen-or-more';

  async function fired(
    token?: string,
  ): Promise<{ alerter: TrialAlerter; url: string; alert: AlertRecord; one: AlerterTrial }> {
    const one = trial();
    const alerter = await one.start({ http: { ...http, token } });
    await takeScores(one, alerter, [...rising('a', 10), scoreRecord('b', 10, 0.6)]);
    one.nowMs += 500;
    return { alerter, url: alerter.url!, alert: alerter.desk.list({})[0]!, one };
  }

  const post = (url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });

  it('lists open alerts by ward and state, and pending ones when asked', async () => {
    const { alerter, url } = await fired();
    const list = async (query: string): Promise<string[]> => {
      const { alerts } = (await (await fetch(`${url}/alerts${query}`)).json()) as { alerts: AlertRecord[] };
      return alerts.map(({ stayId, state }) => `${stayId} ${state}`);
    };
    expect(await list('')).toEqual(['a firing']);
    expect(await list('?ward=icu-1&state=pending')).toEqual(['b pending']);
    expect(await list('?ward=icu-2')).toEqual([]);
    const bad = await fetch(`${url}/alerts?state=loud`);
    expect([bad.status, await bad.text()]).toEqual([400, expect.stringContaining('state: ')]);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain('vigil_alerts_open{kind="patient",severity="critical",state="firing",app="alerter"} 1');
    expect(metrics).not.toMatch(/bed-a|stayId|"a"/);
    await alerter.stop();
  });

  it('acknowledges, snoozes and resolves, with who and why, and the same command twice does it once', async () => {
    const { alerter, url, alert, one } = await fired();
    const path = `${url}/alerts/${alert.alertId}`;
    const body = { by: 'dr-a', why: 'at the bed', commandId: 'c-1' };
    const first = await post(`${path}/acknowledge`, body);
    expect([first.status, await first.json()]).toEqual([
      200,
      {
        commandId: 'c-1',
        outcome: 'applied',
        alert: expect.objectContaining({ state: 'acknowledged', ...{ by: 'dr-a', why: 'at the bed' } }),
      },
    ]);
    expect(await (await post(`${path}/acknowledge`, body)).json()).toMatchObject({ outcome: 'repeated' });
    expect(await (await post(`${path}/acknowledge`, { by: 'dr-b' })).json()).toMatchObject({
      outcome: 'already-so',
      alert: { by: 'dr-a' },
    });
    const until = alert.changedAtMs + 30 * 60_000;
    expect(await (await post(`${path}/snooze`, { by: 'dr-a', until })).json()).toMatchObject({
      alert: { state: 'snoozed', snoozedUntilMs: until },
    });
    expect(await (await post(`${path}/resolve`, { by: 'dr-a' })).json()).toMatchObject({
      alert: { state: 'resolved', resolution: 'by-person' },
    });
    const again = await post(`${path}/resolve`, { by: 'dr-a', stayId: 'a' });
    expect([again.status, await again.json()]).toEqual([409, expect.objectContaining({ outcome: 'already-resolved' })]);
    const states = (await one.alerts()).filter(({ stayId }) => stayId === 'a').map(({ state }) => state);
    expect(states).toEqual(['pending', 'firing', 'acknowledged', 'snoozed', 'resolved']);
    await alerter.stop();
  });

  it('takes a command of a writer who goes by another clock than the replay to mean the present', async () => {
    const { alerter, alert, one } = await fired();
    await alerter.tick();
    const command = { alertId: alert.alertId, stayId: 'a', by: 'dr-a', action: 'acknowledge' } as const;
    const answer = await alerter.desk.order({ ...command, commandId: 'c-1', atMs: alert.changedAtMs + 1e9 });
    expect(answer).toMatchObject({ outcome: 'applied', alert: { changedAtMs: alert.changedAtMs } });
    expect((await one.alerts()).filter(({ escalationLevel }) => escalationLevel > 0)).toEqual([]);
    await alerter.stop();
  });

  it('gives a snooze of such a writer the length that was asked for', async () => {
    const { alerter, alert } = await fired();
    await alerter.tick();
    const atMs = alert.changedAtMs + 1e9;
    const answer = await alerter.desk.order({
      ...{ commandId: 'c-1', alertId: alert.alertId, stayId: 'a', by: 'dr-a', action: 'snooze' },
      ...{ atMs, untilMs: atMs + 30 * 60_000 },
    });
    expect(answer).toMatchObject({
      outcome: 'applied',
      alert: { state: 'snoozed', snoozedUntilMs: alert.changedAtMs + 30 * 60_000 },
    });
    await alerter.stop();
  });

  it('says what is wrong with a request', async () => {
    const { alerter, url, alert } = await fired();
    const status = async (path: string, body: unknown): Promise<number> =>
      (await post(`${url}/alerts/${path}`, body)).status;
    expect(await status(`${alert.alertId}/acknowledge`, {})).toBe(400);
    expect(await status(`${alert.alertId}/snooze`, { by: 'dr-a' })).toBe(400);
    expect(await status(`${alert.alertId}/shout`, { by: 'dr-a' })).toBe(404);
    expect(await status(`${'0'.repeat(32)}/acknowledge`, { by: 'dr-a' })).toBe(404);
    expect(await status(`${'0'.repeat(32)}/acknowledge`, { by: 'dr-a', stayId: 'a' })).toBe(404);
    expect(await status(`${alert.alertId}/snooze`, { by: 'dr-a', until: 5 })).toBe(409);
    await alerter.stop();
  });

  it('answers only who knows the token and comes from no page, and needs one beyond loopback', async () => {
    const { alerter, url } = await fired(TOKEN);
    expect((await fetch(`${url}/alerts`)).status).toBe(401);
    expect((await fetch(`${url}/alerts`, { headers: { authorization: `Bearer ${TOKEN}` } })).status).toBe(200);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    expect((await fetch(`${url}/health/live`, { headers: { origin: 'https://evil.example' } })).status).toBe(403);
    await alerter.stop();
    await expect(trial().start({ http: { ...http, host: '0.0.0.0' } })).rejects.toThrow(SettingsError);
  });
});
