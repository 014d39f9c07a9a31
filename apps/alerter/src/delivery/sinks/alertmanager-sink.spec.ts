import { describe, expect, it } from '@jest/globals';
import type { Alert } from '#wire';
import { alertIdOf, madeAlert } from '../../../../../test/support/delivery/made-alert.js';
import { Receiver } from '../../../../../test/support/delivery/receiver.js';
import { deliveryIdOf } from '../delivery-id.js';
import { AlertmanagerSink } from './alertmanager-sink.js';

const NOW_MS = Date.parse('2026-01-05T09:00:00Z');

interface Posted {
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
  readonly startsAt: string;
  readonly endsAt: string;
}

function sinkTo(url: string): AlertmanagerSink {
  return new AlertmanagerSink({
    ...{ name: 'am', url: `${url}/`, bearerToken: 'secret', identify: 'none', filter: {}, timeoutMs: 5_000 },
    ...{ repeatEveryMs: 60_000, nowMs: () => NOW_MS },
  });
}

async function posted(alert: Alert): Promise<Posted> {
  await using receiver = await Receiver.listen();
  await sinkTo(receiver.url).deliver({ alert, deliveryId: deliveryIdOf(alert) });
  const [{ path, headers, body } = { path: '', headers: {}, body: '' }] = receiver.received;
  expect([path, headers['authorization']]).toEqual(['/api/v2/alerts', 'Bearer secret']);
  return (JSON.parse(body) as Posted[])[0]!;
}

describe('what Alertmanager is told', () => {
  it('tells alerts apart by labels that lead to no person', async () => {
    const { labels, annotations } = await posted(madeAlert({ by: 'dr-a' }));
    expect(labels).toEqual({
      ...{ alertname: 'risk-high', service: 'vigil', kind: 'patient', severity: 'critical' },
      ...{ site: 'north', ward: 'icu', alert_id: alertIdOf('a') },
    });
    expect(annotations).toEqual({
      ...{ disclaimer: 'Research software, not a medical device.', summary: madeAlert().summary, state: 'firing' },
      ...{
        escalation_level: '0',
        risk: '0.41 (0.302 to 0.52349)',
        news2: '7',
        release: 'icu-36-research-2 (research)',
      },
    });
  });

  it('lets an alert that holds end four repetitions ahead', async () => {
    const { startsAt, endsAt } = await posted(madeAlert());
    expect([startsAt, endsAt]).toEqual(['2026-01-05T08:10:00.000Z', '2026-01-05T09:04:00.000Z']);
  });

  it('ends a resolved alert when it was resolved, and never ahead of the clock nor before its start', async () => {
    const over = { state: 'resolved', resolution: 'recovered' } as const;
    const past = await posted(madeAlert({ ...over, changedAtMs: NOW_MS - 1_000 }));
    expect(past.endsAt).toBe('2026-01-05T08:59:59.000Z');
    const ahead = await posted(madeAlert({ ...over, firedAtMs: NOW_MS + 5_000, changedAtMs: NOW_MS + 9_000 }));
    expect([ahead.startsAt, ahead.endsAt]).toEqual(['2026-01-05T09:00:00.000Z', '2026-01-05T09:00:00.000Z']);
  });

  it('repeats what holds in requests of a bounded size', async () => {
    await using receiver = await Receiver.listen();
    const alerts = Array.from({ length: 501 }, (_, i) => madeAlert({ alertId: alertIdOf(String(i)) }));
    expect(await sinkTo(receiver.url).repeat(alerts)).toEqual({ outcome: 'delivered' });
    expect(receiver.received.map(({ body }) => (JSON.parse(body) as Posted[]).length)).toEqual([500, 1]);
  });
});
