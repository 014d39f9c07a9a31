import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decideAlerts, newStayAlerts } from '#alerting';
import { TOPICS } from '#wire';
import { anyHistory, STORMY_POLICY } from '../../../../test/support/alerting/any-history.js';
import { AlerterSnapshotError, decodeSnapshot, encodeSnapshot } from './alerter-snapshot.js';
import type { StayEntry } from './stay-entry.js';

describe('a snapshot of the alerter', () => {
  it('comes back as it was written, whatever has happened to the stay', () => {
    fc.assert(
      fc.property(anyHistory(), fc.bigInt({ min: 0n, max: 2n ** 63n }), (inputs, offset) => {
        const entry: StayEntry = {
          ...{ state: newStayAlerts('stay-1'), next: { [TOPICS.riskScores]: offset }, revision: 3, outbox: [] },
          ...{ dueMs: -Infinity, quietBarriers: 0 },
        };
        for (const input of inputs) {
          const { state, transitions } = decideAlerts(STORMY_POLICY, entry.state, input);
          entry.state = state;
          entry.outbox.push(...transitions);
        }
        expect(decodeSnapshot(encodeSnapshot(entry))).toEqual(entry);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['is not JSON', 'x', 'value'],
    ['is of another version', JSON.stringify({ version: 2 }), 'version'],
  ])('that %s is refused, with what to do', (_, text, place) => {
    const read = (): unknown => decodeSnapshot(Buffer.from(text));
    expect(read).toThrow(AlerterSnapshotError);
    expect(read).toThrow(new RegExp(`cannot be read: ${place}: .*empty the topic alerter-snapshots`, 's'));
  });
});
