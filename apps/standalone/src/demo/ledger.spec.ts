import { describe, expect, it } from '@jest/globals';
import { disagreements, ledgerText } from './ledger.js';

const LINES = [
  { app: 'replay', what: 'sent', count: 12 },
  { app: 'scorer', what: 'in', count: 11 },
  { app: 'scorer', what: 'applied', count: 11 },
];
const LOST = { what: 'scorer read every event', counted: 11, expected: 12 };
const HELD = { what: 'every event has an outcome', counted: 11, expected: 11 };

describe('the ledger', () => {
  it('finds the sums that differ', () => {
    expect(disagreements([HELD, LOST])).toEqual([LOST]);
  });

  it('names each app once and says what differs from what', () => {
    expect(ledgerText(LINES, [HELD, LOST]).split('\n')).toEqual([
      'replay    sent           12',
      'scorer    in             11',
      '          applied        11',
      '',
      'ok      every event has an outcome: 11',
      'DIFFERS scorer read every event: 11, expected 12',
    ]);
  });
});
