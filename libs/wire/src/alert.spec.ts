import { describe, expect, it } from '@jest/globals';
import { ALERT_COMMAND, alertCommandSchema } from './alert-command.js';
import { ALERT, alertSchema, type Alert } from './alert.js';
import { decodeData, encodeEvent } from './cloud-event.js';
import { topicLayout } from './topic-layout.js';
import { TOPICS } from './topics.js';

const alert: Alert = {
  ...{ alertId: '0123456789abcdef0123456789abcdef', stayId: 's-1', site: 'here', ward: 'w', bed: 'b' },
  ...{ rule: 'risk-high', policyVersion: '1', kind: 'patient', severity: 'critical', state: 'firing' },
  ...{ sequence: 2, openedAtMs: 1_000, changedAtMs: 2_000, firedAtMs: 2_000, escalationLevel: 0 },
  risk: { median: 0.4, low: 0.3, high: 0.5, dueAtMs: 1_900, releaseId: 'r', releaseStage: 'research' },
  ...{ news2: 7, summary: 'Risk is high.' },
};
const command = { commandId: 'c', alertId: alert.alertId, stayId: 's-1', action: 'acknowledge', by: 'dr-a', atMs: 3 };

function problemOf(data: unknown): string {
  const decoded = decodeData(alertCommandSchema, Buffer.from(JSON.stringify(data)));
  return decoded.ok ? 'accepted' : decoded.problem;
}

describe('an alert on the wire', () => {
  it('comes back as it was written', () => {
    const event = encodeEvent({ type: ALERT, source: '/spec', id: 'x|2', key: 's-1', timeMs: 2_000 }, alert);
    expect(decodeData(alertSchema, event.value)).toEqual({ ok: true, data: alert });
  });

  it('refuses a field that it does not know, so that no name can ride along', () => {
    const value = Buffer.from(JSON.stringify({ ...alert, patientName: 'x' }));
    expect(decodeData(alertSchema, value)).toMatchObject({ ok: false });
  });
});

describe('a command about an alert', () => {
  it('needs the end of a snooze, for a snooze alone', () => {
    expect(ALERT_COMMAND).toBe('vigil.alert-command.v1');
    expect(problemOf(command)).toBe('accepted');
    expect(problemOf({ ...command, action: 'snooze', untilMs: 9 })).toBe('accepted');
    expect(problemOf({ ...command, action: 'snooze' })).toMatch(/^untilMs: expected the end of the snooze/);
    expect(problemOf({ ...command, untilMs: 9 })).toMatch(/^untilMs/);
    expect(problemOf({ ...command, by: '' })).toMatch(/^by/);
  });
});

describe('the topics of alerts', () => {
  it('keep alerts four weeks, commands one, and of the snapshots the newest', () => {
    const days = (name: (typeof TOPICS)[keyof typeof TOPICS]) => (topicLayout(name).retentionMs ?? 0) / 86_400_000;
    expect([days(TOPICS.alerts), days(TOPICS.alertCommands)]).toEqual([28, 7]);
    expect(topicLayout(TOPICS.alerterSnapshots).cleanup).toBe('compact');
  });
});
