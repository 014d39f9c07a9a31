import { describe, expect, it } from '@jest/globals';
import type { RiskScore } from '#wire';
import { PublishedScores } from './published-scores.js';

const at = (dueAtMs: number, refusedBecause?: RiskScore['refusedBecause']): RiskScore =>
  ({ stayId: 'a', dueAtMs, ...(refusedBecause && { refusedBecause }) }) as RiskScore;

describe('scores that stand on the log', () => {
  it('are done once, whichever release scored them', () => {
    const published = new PublishedScores();
    published.add('a|5|one|old', at(5));
    published.add('a|5|one|old', at(5));
    expect(published.size).toBe(1);
    expect(published.take('a', 5, 'a|5|one|new')).toBe(true);
    expect(published.take('a', 5, 'a|5|one|new')).toBe(false);
    expect(published.size).toBe(0);
  });

  it('are done for their own release alone where a model was wanting', () => {
    const published = new PublishedScores();
    published.add('a|5|one|none', at(5, 'model-unavailable'));
    expect(published.take('a', 5, 'a|5|one|new')).toBe(false);
    published.add('a|5|one|none', at(5, 'model-unavailable'));
    expect(published.take('a', 5, 'a|5|one|none')).toBe(true);
  });

  it('are scored again behind a window of their due time that does not stand, and those of other times are not', () => {
    const published = new PublishedScores();
    for (const [id, dueAtMs] of [
      ['a|5|two|r', 5],
      ['a|5|three|r', 5],
      ['a|6|four|r', 6],
    ] as const)
      published.add(id, at(dueAtMs));
    const windows = ['a|5|one|r', 'a|5|two|r', 'a|5|three|r', 'a|6|four|r'];
    expect(windows.map((id) => published.take('a', Number(id.split('|')[1]), id))).toEqual([false, false, false, true]);
    expect(published.size).toBe(0);
  });

  it('before a window that does not stand are done', () => {
    const published = new PublishedScores();
    published.add('a|5|one|r', at(5));
    expect(['a|5|one|r', 'a|5|two|r'].map((id) => published.take('a', 5, id))).toEqual([true, false]);
  });
});
