import { describe, expect, it } from '@jest/globals';
import type { Alert } from '#wire';
import { alertIdOf, madeAlert } from '../../../../../test/support/delivery/made-alert.js';
import { PagerDutyContract } from '../../../../../test/support/delivery/pagerduty-contract.js';
import { Receiver } from '../../../../../test/support/delivery/receiver.js';
import { deliveryIdOf } from '../delivery-id.js';
import { PagerDutySink } from './pagerduty-sink.js';
import type { SinkFilter } from './sink-filter.js';

const KEY = 'R'.repeat(32);
const LATER_MS = 1_767_601_200_000;

async function deliverAll(alerts: readonly Alert[], key = KEY, filter: SinkFilter = {}) {
  const contract = new PagerDutyContract(KEY);
  await using receiver = await Receiver.listen((request) => contract.answer(request));
  const sink = new PagerDutySink({
    ...{ name: 'p', url: `${receiver.url}/v2/enqueue`, routingKey: key, identify: 'none', filter },
    ...{ dashboardUrl: 'https://ward.example/#/alerts/', timeoutMs: 5_000, nowMs: () => LATER_MS },
  });
  const answers = [];
  for (const alert of alerts) answers.push(await sink.deliver({ alert, deliveryId: deliveryIdOf(alert) }));
  const events = receiver.received.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
  return { answers, events, incident: contract.incidents.get(alertIdOf('a')) };
}

const acknowledged = madeAlert({ state: 'acknowledged', sequence: 3, by: 'dr-a', changedAtMs: LATER_MS });
const resolved = madeAlert({ state: 'resolved', resolution: 'recovered', sequence: 4, changedAtMs: LATER_MS });
const worse = madeAlert({ sequence: 4, changedAtMs: LATER_MS, firedAtMs: LATER_MS });
const escalated = madeAlert({ sequence: 3, changedAtMs: LATER_MS, escalationLevel: 1 });

describe('PagerDuty', () => {
  it('takes an alert through its life as one incident', async () => {
    const { answers, events, incident } = await deliverAll([madeAlert(), acknowledged, resolved]);
    expect(answers).toEqual([1, 2, 3].map(() => ({ outcome: 'delivered' })));
    expect(events.map((event) => event['event_action'])).toEqual(['trigger', 'acknowledge', 'resolve']);
    expect(incident).toEqual({ status: 'resolved', pages: 1 });
  });

  it('is acknowledged by a snooze, since it knows none', async () => {
    const snoozed = madeAlert({ state: 'snoozed', sequence: 3, snoozedUntilMs: LATER_MS, changedAtMs: LATER_MS });
    const { incident } = await deliverAll([madeAlert(), snoozed]);
    expect(incident).toEqual({ status: 'acknowledged', pages: 1 });
  });

  it('pages again when an acknowledged alert worsens, and not for an escalation, which it does itself', async () => {
    expect((await deliverAll([madeAlert(), acknowledged, worse])).incident).toEqual({ status: 'triggered', pages: 2 });
    expect((await deliverAll([madeAlert(), escalated])).incident).toEqual({ status: 'triggered', pages: 1 });
  });

  it('pages again where it hears of escalations only, once somebody had acknowledged and the alert fires unheard again', async () => {
    const filter = { minEscalationLevel: 1 };
    const again = madeAlert({
      sequence: 6,
      by: 'dr-a',
      firedAtMs: LATER_MS,
      changedAtMs: LATER_MS + 1,
      escalationLevel: 1,
    });
    const twice = { ...again, sequence: 7, changedAtMs: LATER_MS + 2, escalationLevel: 2 };
    const told = [escalated, { ...acknowledged, sequence: 4, escalationLevel: 1 }, again, twice];
    const { incident } = await deliverAll(told, KEY, filter);
    expect(incident).toEqual({ status: 'triggered', pages: 2 });
  });

  it('is told nothing that leads to a person, and that this is no medical device', async () => {
    const { events } = await deliverAll([madeAlert({ by: 'dr-a', why: 'x' })]);
    const text = JSON.stringify(events[0]);
    expect(['s-1', 'b-7', 'dr-a'].filter((personal) => text.includes(`"${personal}"`))).toEqual([]);
    expect(text).toContain('Research software, not a medical device.');
    expect(events[0]).toMatchObject({
      client_url: `https://ward.example/#/alerts/${alertIdOf('a')}`,
      payload: { severity: 'critical', source: 'north/icu', class: 'risk-high', timestamp: '2026-01-05T08:10:00.000Z' },
    });
  });

  it('refuses an event for good where its contract does', async () => {
    const { answers } = await deliverAll([madeAlert()], 'X'.repeat(32));
    expect(answers).toEqual([{ outcome: 'refused', detail: expect.stringMatching(/^status 400: .*routing_key/) }]);
  });

  it('hears nothing of pending alerts', () => {
    const sink = new PagerDutySink({
      ...{ name: 'p', url: 'http://127.0.0.1', routingKey: KEY, identify: 'none', timeoutMs: 1, nowMs: () => 0 },
      filter: { pending: true },
    });
    expect(sink.concerns(madeAlert({ state: 'pending' }))).toBe(false);
    expect(sink.concerns(madeAlert())).toBe(true);
  });
});
