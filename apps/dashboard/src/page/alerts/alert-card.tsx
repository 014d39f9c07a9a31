import type { JSX, RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { LIVE_DISCLAIMER, type Alert } from '#wire';
import { ageWords } from '../../words/age-words.js';
import { alertActorWords, alertScoreWords, alertStateWords, severityWord } from '../../words/alert-words.js';
import { live } from '../live-store.js';
import { openStay } from '../route.js';
import { AlertActions } from './alert-actions.js';

/** One alert: whose, how urgent, for how long, why, and what can be done about it. */
export function AlertCard({ alert, isLost }: { readonly alert: Alert; readonly isLost: boolean }): JSX.Element {
  const { severity, state, bed, ward, stayId, summary, risk, kind } = alert;
  const titleId = `alert-${alert.alertId}`;
  const isShown = live.value.beds.has(stayId);
  const card = useKeptFocus(alert.sequence);
  return (
    <li
      class="alert-card"
      ref={card}
      tabIndex={-1}
      data-state={state}
      data-severity={severity}
      aria-labelledby={titleId}
    >
      <p class="alert-top">
        <b class="alert-severity">{severityWord(alert)}</b>
        <span data-testid="alert-state">{alertStateWords(alert)}</span>
        <AlertAge alert={alert} />
      </p>
      <h4 id={titleId}>
        {isShown ? (
          <button type="button" class="alert-bed" onClick={() => openStay(stayId)}>
            {bed}
          </button>
        ) : (
          bed
        )}{' '}
        <span class="quiet">{ward}</span>
      </h4>
      <p class="live-value">{summary}</p>
      <Facts words={alertScoreWords(alert)} />
      {kind === 'patient' && risk && (
        <p class="quiet alert-small">
          {risk.releaseStage === 'untrained' ? 'The model is untrained. ' : ''}
          {LIVE_DISCLAIMER}
        </p>
      )}
      <Facts words={alertActorWords(alert)} />
      {state !== 'resolved' && <AlertActions alert={alert} isLost={isLost} />}
    </li>
  );
}

/** A button that has done its work goes away with the focus on it; then the card takes it, so that keys go on from there. */
function useKeptFocus(sequence: number): RefObject<HTMLLIElement | null> {
  const card = useRef<HTMLLIElement>(null);
  const hadFocus = useRef(false);
  useEffect(() => {
    const onIn = (): void => void (hadFocus.current = true);
    const onOut = (event: FocusEvent): void => void (hadFocus.current = event.relatedTarget === null);
    card.current?.addEventListener('focusin', onIn);
    card.current?.addEventListener('focusout', onOut);
  }, []);
  useEffect(() => {
    if (hadFocus.current && document.activeElement === document.body) card.current?.focus({ preventScroll: true });
  }, [sequence]);
  return card;
}

function Facts({ words }: { readonly words: string | undefined }): JSX.Element | null {
  return words === undefined ? null : <p class="number alert-facts live-value">{words}</p>;
}

/** For how long it has fired or has been over, on the log's clock. */
function AlertAge({ alert }: { readonly alert: Alert }): JSX.Element {
  const { state, firedAtMs, openedAtMs, changedAtMs } = alert;
  const sinceMs = state === 'resolved' ? changedAtMs : (firedAtMs ?? openedAtMs);
  const clockMs = live.value.clockMs;
  const age = clockMs === undefined ? undefined : Math.max(0, clockMs - sinceMs);
  return (
    <span class="number alert-age" title={state === 'resolved' ? 'Over for' : 'Fires for'}>
      <span class="hidden-words">{state === 'resolved' ? 'over for ' : 'for '}</span>
      {ageWords(age)}
    </span>
  );
}
