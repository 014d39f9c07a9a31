import { describe, expect, it } from '@jest/globals';
import { FeedWatch } from './feed-watch.js';

const SILENT_AFTER_MS = 300;

function followed(): FeedWatch {
  const watch = new FeedWatch(SILENT_AFTER_MS);
  watch.see(500);
  watch.caughtUp();
  return watch;
}

describe('the watch over the feed', () => {
  it('takes nothing that was read back for a sign of life', () => {
    const watch = new FeedWatch(SILENT_AFTER_MS);
    expect(watch.state(0, false)).toEqual({ state: 'catching-up', truncated: false });
    watch.see(500);
    watch.caughtUp();
    expect(watch.state(600, false)).toEqual({ state: 'silent', silentForMs: 100, truncated: false });
  });

  it('calls the feed silent once nothing has arrived for long enough', () => {
    const watch = followed();
    watch.see(1_000);
    expect(watch.state(1_299, true)).toEqual({ state: 'flowing', silentForMs: 299, truncated: true });
    expect(watch.state(1_300, false)).toMatchObject({ state: 'silent', silentForMs: 300 });
    watch.see(1_400);
    expect(watch.state(1_400, false).state).toBe('flowing');
  });

  it('goes on counting when the wall clock is put back', () => {
    const watch = followed();
    watch.see(10_000);
    expect(watch.state(4_000, false)).toMatchObject({ state: 'flowing', silentForMs: 0 });
    expect(watch.state(4_000 + SILENT_AFTER_MS, false)).toMatchObject({ state: 'silent', silentForMs: 300 });
  });

  it('says so while there has been no record at all', () => {
    const watch = new FeedWatch(SILENT_AFTER_MS);
    watch.caughtUp();
    expect(watch.state(9_000, false)).toEqual({ state: 'no-data-yet', truncated: false });
  });
});
