import { computed, signal } from '@preact/signals';
import type { LiveAlerts } from '#wire';
import { applyAlerts, NO_ALERTS_YET, type AlertsState } from '../../live/alerts-state.js';
import { newlyFiring } from '../../live/new-alert.js';
import { orderAlerts } from '../../live/order-alerts.js';
import { announcementWords } from '../../words/alert-words.js';

/** What is known of alerts. */
export const alerts = signal<AlertsState>(NO_ALERTS_YET);

/** Alerts about patients, the most urgent first. */
export const patientAlerts = computed(() => orderAlerts(alerts.value.alerts.values(), 'patient'));

/** Alarms about the means of watching, the most urgent first. */
export const technicalAlerts = computed(() => orderAlerts(alerts.value.alerts.values(), 'technical'));

/** How many fire, and whether one of them is critical. */
export const firing = computed(() => {
  const all = [...alerts.value.alerts.values()].filter(({ state }) => state === 'firing');
  return { count: all.length, isCritical: all.some(({ severity }) => severity === 'critical') };
});

/** Said by screen readers with each turn, be the words the same as before: an alert that fires again after a snooze. */
export const announcement = signal({ words: '', turn: 0 });

/** Whether the panel is open; undefined while neither an alert nor a person has opened it. */
const choice = signal<boolean | undefined>(undefined);

/** The panel opens by itself with the first alert that fires and stays open; once a person has closed it, only a critical one opens it again. */
export const isPanelOpen = computed(() => choice.value ?? false);

/** Opens or closes the panel, and leaves it so. */
export function choosePanel(isOpen: boolean): void {
  choice.value = isOpen;
}

/** Takes a frame; says what begins to fire. */
export function takeAlerts(frame: LiveAlerts): void {
  const before = alerts.peek();
  const after = applyAlerts(before, frame);
  alerts.value = after;
  const found = newlyFiring(before, after);
  if (!found) return;
  announcement.value = { words: announcementWords(found), turn: announcement.peek().turn + 1 };
  if (choice.peek() === undefined || found.severity === 'critical') choice.value = true;
}
