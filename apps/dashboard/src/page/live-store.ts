import { computed, effect, signal } from '@preact/signals';
import type { LiveServerFrame } from '#wire';
import { applyFrames } from '../live/apply-frames.js';
import { LiveConnection, type LineState } from '../live/connection.js';
import { whyNotCurrent } from '../live/currency.js';
import { NOTHING_YET, withoutStay, type LiveState } from '../live/live-state.js';
import { EVERY_BED, oneStay } from '../live/subscriptions.js';
import { takeAlerts } from './alerts/alert-store.js';
import { browserTimers, openBrowserSocket } from './browser-socket.js';
import { route } from './route.js';

/** Everything known from the gateway; changes at most once a frame of the screen. */
export const live = signal<LiveState>(NOTHING_YET);

/** How the line to the gateway is. */
export const line = signal<LineState>({ line: 'connecting' });

/** Why the figures shown are not of now; undefined when they are. */
export const notCurrent = computed(() => whyNotCurrent(line.value, live.value.feed));

/** Frames that may wait for the next frame of the screen: a hidden page gets none, and would gather them without end. */
const MAX_WAITING_FRAMES = 64;

let waiting: LiveServerFrame[] = [];
let isScheduled = false;

function take(frame: LiveServerFrame): void {
  if (frame.type === 'error' && frame.subscription === held?.name) held = undefined;
  if (frame.type === 'alerts') takeAlerts(frame);
  waiting.push(frame);
  if (frame.type === 'snapshot' || frame.type === 'resumed' || waiting.length >= MAX_WAITING_FRAMES) apply();
  else if (!isScheduled) {
    isScheduled = true;
    requestAnimationFrame(apply);
  }
}

function apply(): void {
  isScheduled = false;
  const frames = waiting;
  waiting = [];
  live.value = applyFrames(live.peek(), frames);
}

const connection = new LiveConnection({
  open: openBrowserSocket,
  timers: browserTimers,
  random: Math.random,
  onFrame: take,
  onLine: (state) => {
    line.value = state;
  },
  positionOf: (subscription) => live.peek().positions.get(subscription),
});

/** The stay subscription that the connection has been asked for. */
let held: { readonly stayId: string; readonly name: string } | undefined;
let turn = 0;

/** Connects, and keeps a subscription to the stay that is looked at. */
export function startLive(): void {
  connection.subscribe(EVERY_BED);
  connection.watchAlerts();
  connection.start();
  addEventListener('online', retryNow);
  effect(holdStay);
}

/** Tries to connect at once. */
export function retryNow(): void {
  connection.retryNow();
}

/** A gateway that has just started knows a stay only after it has read of it; asking earlier would cost the connection. */
function holdStay(): void {
  const shown = route.value;
  const wanted = shown.view === 'stay' && live.value.beds.has(shown.stayId) ? shown.stayId : undefined;
  const isOpen = line.value.line === 'open';
  if (held && shown.view === 'stay' && held.stayId === shown.stayId) return;
  if (held) {
    connection.unsubscribe(held.name);
    live.value = withoutStay(live.peek(), held.stayId, held.name);
    held = undefined;
  }
  if (wanted !== undefined && isOpen) {
    turn += 1;
    const subscription = oneStay(wanted, turn);
    held = { stayId: wanted, name: subscription.subscription };
    connection.subscribe(subscription);
  }
}
