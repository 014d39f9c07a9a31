import type { LiveFeed } from '#wire';
import type { LineState } from './connection.js';

/**
 * Why the figures on the page are not of now:
 *
 * - `line-lost`: nothing comes from the gateway;
 * - `feed-silent`: nothing comes to the gateway;
 * - `catching-up`: the gateway has just started and still reads what is past; its clock is of then, so that ages look small.
 */
export type NotCurrent = 'line-lost' | 'feed-silent' | 'catching-up';

/** Why the figures are not of now, or undefined when they are, or when there are none yet. */
export function whyNotCurrent({ line }: LineState, feed: LiveFeed | undefined): NotCurrent | undefined {
  if (line === 'lost' || line === 'refused') return 'line-lost';
  if (line !== 'open') return undefined;
  if (feed?.state === 'silent') return 'feed-silent';
  return feed?.state === 'catching-up' ? 'catching-up' : undefined;
}
