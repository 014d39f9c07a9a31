import type { JSX } from 'preact';
import { notCurrent } from '../live-store.js';
import { Bell } from '../shell/icons.js';
import { alerts, choosePanel, firing, isPanelOpen } from './alert-store.js';

/** Id of the panel, which the button controls. */
export const PANEL_ID = 'alerts';

const BUTTON_ID = 'alerts-button';

let openedByHand = false;

/** Whether the panel that appears was asked for, and so takes the focus; one that opens by itself takes nobody's. */
export function wasOpenedByHand(): boolean {
  return openedByHand;
}

/** Opens the panel and goes into it, or closes it and comes back to the button. */
export function togglePanel(): void {
  const opens = !isPanelOpen.peek();
  openedByHand = opens;
  choosePanel(opens);
  if (!opens) document.getElementById(BUTTON_ID)?.focus();
}

/** How many alerts fire, in number, word and colour; opens and closes the panel. */
export function AlertsButton(): JSX.Element {
  const { count, isCritical } = firing.value;
  const isKnown = alerts.value.state === 'current' && notCurrent.value !== 'line-lost';
  const words = count > 0 ? `${count} firing` : isKnown ? 'none firing' : 'not known';
  return (
    <button
      id={BUTTON_ID}
      class="alerts-button"
      type="button"
      aria-expanded={isPanelOpen.value}
      aria-controls={PANEL_ID}
      title="Alerts (a)"
      data-urgency={count === 0 ? (isKnown ? 'none' : 'unknown') : isCritical ? 'critical' : 'warning'}
      onClick={togglePanel}
    >
      <Bell />
      <span class="wide-only">Alerts: </span>
      <span class="number">{words}</span>
    </button>
  );
}
