import { describe, expect, it } from '@jest/globals';
import { influxQl } from './influx-query.js';

function stayCondition(stayId: string): string {
  const query = influxQl({ stayId, kind: 'risk', fromMs: 0, toMs: 10 }, 0, 5);
  return /WHERE (.*) AND time >= 0ms/.exec(query)![1]!;
}

describe('the query to InfluxDB', () => {
  it('asks for the oldest points of one stay', () => {
    expect(influxQl({ stayId: 'a', kind: 'observation', fromMs: 5, toMs: 10, signals: ['glucose'] }, 7, 100)).toBe(
      'SELECT "value", "available_at", "signal", "source" FROM "observation"' +
        ` WHERE "stay" = 'a' AND time >= 7ms AND time < 10ms AND ("signal" = 'glucose') ORDER BY time ASC LIMIT 100`,
    );
  });

  it.each([
    ['an apostrophe', `o'x`, String.raw`"stay" = 'o\'x'`],
    ['a backslash at the end', 'a\\', String.raw`"stay" = 'a\\'`],
    ['two backslashes before apostrophes', String.raw`a\' OR \'`, String.raw`"stay" = 'a\\\' OR \\\''`],
    ['the end of a line', 'a\nb', String.raw`"stay" = 'a\nb'`],
  ])('keeps a stay id with %s one text, whoever gave it', (_what, stayId, expected) => {
    expect(stayCondition(stayId)).toBe(expected);
  });
});
