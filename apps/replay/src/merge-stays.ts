import type { RecordedStay } from '#datasets';
import { MinHeap } from './min-heap.js';
import { admissionMs, placeStay, type Placement } from './place-stay.js';
import { eventCount, eventTimeMs } from './stay-events.js';
import type { StaySource } from './stay-source.js';

/** The next event of all stays: which stay, which position in it, and when. */
export interface MergedEvent {
  readonly recorded: RecordedStay;
  /** 0 the admission, then the observations, then the end; see `eventAt`. */
  readonly position: number;
  readonly timeMs: number;
}

interface Cursor {
  readonly recorded: RecordedStay;
  readonly index: number;
  position: number;
  timeMs: number;
}

/**
 * Events of all stays in order of time; equal times in order of stay, then of position. Equal inputs give an equal order.
 *
 * A stay is read when its admission is due and forgotten after its end, so memory holds the stays that overlap (all of them when they
 * are admitted together), about 100 bytes an observation.
 */
export async function* mergeStays(source: StaySource, placement: Placement): AsyncGenerator<MergedEvent> {
  const open = new MinHeap<Cursor>((left, right) => left.timeMs - right.timeMs || left.index - right.index);
  const stays = source()[Symbol.asyncIterator]();
  let opened = 0;
  let more = true;
  try {
    for (;;) {
      while (more && admissionMs(opened, placement) <= (open.peek()?.timeMs ?? Infinity)) {
        const next = await stays.next();
        if (next.done === true) more = false;
        else {
          const recorded = placeStay(next.value, opened, placement);
          open.push({ recorded, index: opened, position: 0, timeMs: eventTimeMs(recorded, 0) });
          opened += 1;
        }
      }
      const cursor = open.pop();
      if (cursor === undefined) return;
      const { recorded, position, timeMs } = cursor;
      yield { recorded, position, timeMs };
      if (position + 1 >= eventCount(recorded)) continue;
      cursor.position += 1;
      cursor.timeMs = eventTimeMs(recorded, cursor.position);
      open.push(cursor);
    }
  } finally {
    await stays.return?.();
  }
}
