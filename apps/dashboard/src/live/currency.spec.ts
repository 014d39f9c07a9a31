import { describe, expect, it } from '@jest/globals';
import type { LiveFeed } from '#wire';
import type { LineState } from './connection.js';
import { whyNotCurrent } from './currency.js';

const feed = (state: LiveFeed['state']): LiveFeed => ({ state, truncated: false });
const lost: LineState = { line: 'lost', sinceMs: 0, retryAtMs: 1, because: 'closed' };

describe('whether the figures are of now', () => {
  it('they are while the line is open and the feed flows', () => {
    expect(whyNotCurrent({ line: 'open' }, feed('flowing'))).toBeUndefined();
  });

  it('they are not, whatever was heard last, once the line is lost or refused', () => {
    expect(whyNotCurrent(lost, feed('flowing'))).toBe('line-lost');
    expect(whyNotCurrent({ line: 'refused', sinceMs: 0, because: 'closed' }, feed('silent'))).toBe('line-lost');
  });

  it('they are not while the feed is silent, nor while a gateway that has just started reads what is past', () => {
    expect(whyNotCurrent({ line: 'open' }, feed('silent'))).toBe('feed-silent');
    expect(whyNotCurrent({ line: 'open' }, feed('catching-up'))).toBe('catching-up');
  });

  it('there are none yet before the first connection, and before the first data', () => {
    expect(whyNotCurrent({ line: 'connecting' }, undefined)).toBeUndefined();
    expect(whyNotCurrent({ line: 'open' }, feed('no-data-yet'))).toBeUndefined();
  });
});
