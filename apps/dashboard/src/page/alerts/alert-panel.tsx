import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Alert } from '#wire';
import { actingName, keepActingName, NAME_FIELD_ID } from './act-on-alert.js';
import { AlertCard } from './alert-card.js';
import { alerts, isPanelOpen, patientAlerts, technicalAlerts } from './alert-store.js';
import { PANEL_ID, togglePanel, wasOpenedByHand } from './alerts-button.js';

/** Keys that belong to the view beside the panel when they are pressed elsewhere. */
const KEYS_OF_VIEWS = /^(Arrow.*|Page.*|Home|End|Enter|[jk123/])$/;

/** The alerts, those of patients and the technical ones apart, with what can be done about them. */
export function AlertPanel({ isLost }: { readonly isLost: boolean }): JSX.Element | null {
  return isPanelOpen.value ? <OpenPanel isLost={isLost} /> : null;
}

function OpenPanel({ isLost }: { readonly isLost: boolean }): JSX.Element {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (wasOpenedByHand()) panel.current?.focus();
  }, []);
  return (
    <aside
      id={PANEL_ID}
      ref={panel}
      class="alerts"
      aria-labelledby="alerts-title"
      tabIndex={-1}
      data-lost={String(isLost)}
      onKeyDown={onKey}
    >
      <header class="alerts-head">
        <h2 id="alerts-title">Alerts</h2>
        <label class="alerts-name">
          <span>Your name</span>
          <input
            id={NAME_FIELD_ID}
            name="acting-name"
            maxLength={128}
            autocomplete="off"
            value={actingName.value}
            onInput={(event) => keepActingName(event.currentTarget.value)}
          />
        </label>
        <button
          class="quiet-button"
          type="button"
          aria-label="Close the alerts"
          title="Close (a)"
          onClick={togglePanel}
        >
          ✕
        </button>
      </header>
      <Reliance isLost={isLost} />
      <Section title="Patients" alerts={patientAlerts.value} isLost={isLost} />
      <Section title="Technical" alerts={technicalAlerts.value} isLost={isLost} />
    </aside>
  );
}

function onKey(event: KeyboardEvent): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (KEYS_OF_VIEWS.test(event.key)) event.stopPropagation();
  if (event.key !== 'Escape') return;
  event.stopPropagation();
  togglePanel();
}

/** Says when the list cannot be relied on: then none listed does not mean that nothing alerts. */
function Reliance({ isLost }: { readonly isLost: boolean }): JSX.Element | null {
  const { state, truncated } = alerts.value;
  if (isLost) return <p class="problem">The connection is lost: what has changed since is not known.</p>;
  if (truncated) return <p class="problem">More alerts are open than can be shown here.</p>;
  if (state === 'current') return null;
  const words =
    state === 'catching-up'
      ? 'The gateway is still reading earlier alerts.'
      : state === 'unavailable'
        ? 'No alerter has run here: alerts are not known.'
        : 'Alerts are not known yet.';
  return (
    <p class="problem" role="status">
      {words}
    </p>
  );
}

interface SectionProps {
  readonly title: string;
  readonly alerts: readonly Alert[];
  readonly isLost: boolean;
}

function Section({ title, alerts: listed, isLost }: SectionProps): JSX.Element {
  const open = listed.filter(({ state }) => state !== 'resolved').length;
  const id = `alerts-${title.toLowerCase()}`;
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>
        {title} <span class="number quiet">{open} open</span>
      </h3>
      {listed.length === 0 && alerts.value.state === 'current' && !isLost && <p class="quiet">None.</p>}
      <ul>
        {listed.map((alert) => (
          <AlertCard key={alert.alertId} alert={alert} isLost={isLost} />
        ))}
      </ul>
    </section>
  );
}
