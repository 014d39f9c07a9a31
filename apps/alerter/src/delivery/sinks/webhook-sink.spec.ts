import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { alertIdOf, madeAlert } from '../../../../../test/support/delivery/made-alert.js';
import { Receiver } from '../../../../../test/support/delivery/receiver.js';
import { deliveryIdOf } from '../delivery-id.js';
import { signWebhook, webhookSecret } from './webhook-signature.js';
import { WebhookSink } from './webhook-sink.js';

const NEW = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const OLD = `whsec_${Buffer.alloc(32, 2).toString('base64')}`;
const alert = madeAlert({ state: 'acknowledged', by: 'dr-a', why: 'seen' });
const deliveryId = deliveryIdOf(alert);

function sinkTo(url: string, identify: 'none' | 'bed' | 'stay' = 'stay'): WebhookSink {
  const secrets = [NEW, OLD].map((secret) => webhookSecret(secret)!);
  const nowMs = () => Date.now();
  return new WebhookSink({ name: 'w', url, secrets, identify, filter: {}, timeoutMs: 5_000, nowMs });
}

async function received(identify?: 'none' | 'bed' | 'stay') {
  await using receiver = await Receiver.listen();
  expect(await sinkTo(receiver.url, identify).deliver({ alert, deliveryId })).toEqual({ outcome: 'delivered' });
  return receiver.received[0]!;
}

describe('a webhook', () => {
  it('is accepted by the Standard Webhooks library with either secret while they are rotated, and with no other', async () => {
    const { body, headers } = await received();
    const signed = headers as Record<string, string>;
    expect(new Webhook(NEW).verify(body, signed)).toEqual(JSON.parse(body));
    expect(new Webhook(OLD).verify(body, signed)).toEqual(JSON.parse(body));
    const other = new Webhook(`whsec_${Buffer.alloc(32, 3).toString('base64')}`);
    expect(() => other.verify(body, signed)).toThrow(/No matching signature/);
    expect(() => new Webhook(NEW).verify(`${body} `, signed)).toThrow(/No matching signature/);
  });

  it('is a CloudEvents 1.0 event in structured JSON, under one id with every attempt', async () => {
    const { body, headers, method } = await received();
    const event = JSON.parse(body) as Record<string, unknown>;
    expect([method, headers['content-type']]).toEqual(['POST', 'application/cloudevents+json; charset=utf-8']);
    expect(headers['webhook-id']).toBe(`${alertIdOf('a')}-2`);
    expect(event).toEqual({
      ...{ specversion: '1.0', id: `${alertIdOf('a')}-2`, source: '/vigil/alerter', type: 'vigil.alert.v1' },
      ...{ subject: alertIdOf('a'), time: '2026-01-05T08:10:00.000Z', datacontenttype: 'application/json' },
      data: { disclaimer: 'Research software, not a medical device.', ...alert },
    });
  });

  it('tells whose alert it is only as far as it may', async () => {
    const data = async (identify: 'none' | 'bed') =>
      (JSON.parse((await received(identify)).body) as { data: Record<string, unknown> }).data;
    const nobody = await data('none');
    expect(['stayId', 'bed', 'by', 'why'].filter((field) => field in nobody)).toEqual([]);
    expect(nobody).toMatchObject({ alertId: alert.alertId, ward: 'icu', summary: alert.summary });
    const bed = await data('bed');
    expect([bed['bed'], bed['by'], 'stayId' in bed]).toEqual(['b-7', 'dr-a', false]);
  });
});

describe('the signature', () => {
  it('is that of the published example', () => {
    // https://github.com/standard-webhooks/standard-webhooks, test vector of its libraries
    const secret = webhookSecret('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')!;
    const signed = signWebhook('msg_p5jXN8AQM9LWM0D4loKWxJek', 1_614_265_330_000, '{"test": 2432232314}', [secret]);
    expect(signed).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('takes no secret that is too short, too long or not base64', () => {
    const secretOf = (bytes: number) => webhookSecret(`whsec_${Buffer.alloc(bytes).toString('base64')}`);
    expect([secretOf(23), secretOf(65), webhookSecret('whsec_!!'), webhookSecret('plain')]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect([secretOf(24)?.length, secretOf(64)?.length]).toEqual([24, 64]);
  });
});
