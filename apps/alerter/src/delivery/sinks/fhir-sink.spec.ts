import { describe, expect, it } from '@jest/globals';
import type { Alert } from '#wire';
import { alertIdOf, madeAlert } from '../../../../../test/support/delivery/made-alert.js';
import { Receiver } from '../../../../../test/support/delivery/receiver.js';
import { deliveryIdOf } from '../delivery-id.js';
import { FhirSink } from './fhir-sink.js';
import { riskAssessment } from './risk-assessment.js';

const systems = { alert: 'https://north.example/vigil/alerts', stay: 'https://north.example/stays' };

function sinkTo(url: string): FhirSink {
  return new FhirSink({ name: 'f', url, systems, filter: {}, timeoutMs: 5_000, nowMs: () => 0 });
}

describe('an alert as a RiskAssessment', () => {
  it('says the risk in percent, its interval, its encounter, and what it is not', () => {
    const resource = riskAssessment(madeAlert(), systems);
    expect(resource).toMatchObject({
      resourceType: 'RiskAssessment',
      identifier: [{ system: systems.alert, value: alertIdOf('a') }],
      status: 'preliminary',
      encounter: { identifier: { system: systems.stay, value: 's-1' } },
      occurrenceDateTime: '2026-01-05T08:09:00.000Z',
      prediction: [
        { probabilityDecimal: 41 },
        { probabilityRange: { low: { value: 30.2, code: '%' }, high: { value: 52.35, code: '%' } } },
      ],
    });
    const notes = (resource['note'] as { text: string }[]).map(({ text }) => text);
    expect(notes[0]).toBe('Research software, not a medical device.');
    expect(notes).toContain('NEWS2 7.');
  });

  it('names a person for what that person did, and for nothing else', () => {
    const noteOf = (fields: Partial<Alert>): string | undefined => {
      const { note } = riskAssessment(madeAlert({ by: 'dr-a', ...fields }), systems) as { note: { text: string }[] };
      return note.find(({ text }) => text.startsWith('Alert '))?.text;
    };
    expect([
      noteOf({ state: 'acknowledged' }),
      noteOf({ state: 'resolved', resolution: 'by-person' }),
      noteOf({ state: 'resolved', resolution: 'recovered' }),
      noteOf({ state: 'firing' }),
    ]).toEqual([
      'Alert acknowledged by dr-a, severity critical, policy 1.',
      'Alert resolved by dr-a, severity critical, policy 1.',
      'Alert resolved, severity critical, policy 1.',
      'Alert firing, severity critical, policy 1.',
    ]);
  });

  it('is final when the alert is over, and cancelled when it no longer applies', () => {
    const statusOf = (resolution: 'recovered' | 'superseded') =>
      riskAssessment(madeAlert({ state: 'resolved', resolution }), systems)['status'];
    expect([statusOf('recovered'), statusOf('superseded')]).toEqual(['final', 'cancelled']);
  });
});

describe('the FHIR sink', () => {
  it('updates the one resource of the alert, whichever id the server gave it', async () => {
    await using receiver = await Receiver.listen(() => ({ status: 201 }));
    const alert = madeAlert();
    expect(await sinkTo(`${receiver.url}/r4/`).deliver({ alert, deliveryId: deliveryIdOf(alert) })).toEqual({
      outcome: 'delivered',
    });
    const { method, path, headers } = receiver.received[0]!;
    const asked = new URL(path, receiver.url);
    expect([method, asked.pathname]).toEqual(['PUT', '/r4/RiskAssessment']);
    expect(asked.searchParams.get('identifier')).toBe(`${systems.alert}|${alert.alertId}`);
    expect(headers['content-type']).toBe('application/fhir+json; charset=utf-8');
  });

  it('passes technical alarms over, which assess no risk', () => {
    const sink = sinkTo('http://127.0.0.1');
    expect([sink.concerns(madeAlert({ kind: 'technical' })), sink.concerns(madeAlert())]).toEqual([false, true]);
  });
});
