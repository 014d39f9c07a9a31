import type { ReplayProgress } from './replay-progress.js';

/** One line for people: stays, events, the simulated clock and the rate. */
export function progressLine(progress: ReplayProgress): string {
  const { stays, admittedStays, endedStays, events, appendedEvents, earlierEvents, runningMs, simulatedMs, state } =
    progress;
  if (events === 0) return 'reading the stays';
  const eventsPerSecond = (1000 * (appendedEvents - earlierEvents)) / Math.max(1, runningMs);
  const share = ((100 * appendedEvents) / events).toFixed(1);
  const clock = new Date(simulatedMs).toISOString().slice(0, 16).replace('T', ' ');
  const parts = [
    `${state}`,
    `stays ${admittedStays} admitted, ${endedStays} ended of ${stays}`,
    `events ${appendedEvents} of ${events} (${share} %)`,
    `clock ${clock} UTC`,
    `${Math.round(eventsPerSecond)} events/s`,
  ];
  return parts.join(' | ');
}
