import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Alert, AlertCommand, AlertOrder } from '#wire';
import { actingName, actOnAlert, NAME_FIELD_ID } from './act-on-alert.js';

const SNOOZES_MINUTES = [15, 30, 60, 120] as const;
/** A command that nobody has carried out by then is worth a word. */
const EXPECT_WITHIN_MS = 5_000;

type Progress = 'idle' | 'asking' | 'sent' | 'late';

/** Acknowledge; and behind a disclosure, so that no slip of a hand ends an alert, snooze and resolve. */
export function AlertActions({ alert, isLost }: { readonly alert: Alert; readonly isLost: boolean }): JSX.Element {
  const [problem, setProblem] = useState<string>();
  const [minutes, setMinutes] = useState<number>(30);
  const [why, setWhy] = useState('');
  const [progress, setProgress] = useProgress(alert.sequence);
  const act = async (action: AlertCommand['action'], more: Partial<AlertOrder> = {}): Promise<void> => {
    const by = actingName.peek().trim();
    if (by === '') {
      setProblem('Say who you are first: your name stands beside what you do.');
      document.getElementById(NAME_FIELD_ID)?.focus();
      return;
    }
    setProblem(undefined);
    setProgress('asking');
    const reason = why.trim() === '' ? {} : { why: why.trim() };
    const refused = await actOnAlert(alert, action, { by, ...reason, ...more });
    setProblem(refused);
    setProgress(refused === undefined ? 'sent' : 'idle');
  };
  const isBusy = isLost || progress === 'asking' || progress === 'sent';
  const name = `bed ${alert.bed}`;
  const button = (words: string, action: AlertCommand['action'], more?: Partial<AlertOrder>): JSX.Element => (
    <button type="button" disabled={isBusy} aria-label={`${words}, ${name}`} onClick={() => void act(action, more)}>
      {words}
    </button>
  );
  return (
    <div class="alert-actions">
      {alert.state !== 'acknowledged' && button('Acknowledge', 'acknowledge')}
      <details>
        <summary>Snooze or resolve</summary>
        <label>
          <span>Reason</span>
          <input maxLength={512} value={why} onInput={(event) => setWhy(event.currentTarget.value)} />
        </label>
        <div class="alert-row">
          <label>
            <span class="hidden-words">Snooze for</span>
            <select value={minutes} onChange={(event) => setMinutes(Number(event.currentTarget.value))}>
              {SNOOZES_MINUTES.map((length) => (
                <option key={length} value={length}>
                  {length} min
                </option>
              ))}
            </select>
          </label>
          {button('Snooze', 'snooze', { forMinutes: minutes })}
          {button('Resolve', 'resolve')}
        </div>
      </details>
      {progress === 'late' && <p role="status">The alerter has not answered yet.</p>}
      {problem !== undefined && (
        <p class="alert-problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

/** From a press to the alert's next state; `late` when that takes long. */
function useProgress(sequence: number): [Progress, (progress: Progress) => void] {
  const [progress, setProgress] = useState<Progress>('idle');
  useEffect(() => setProgress('idle'), [sequence]);
  useEffect(() => {
    if (progress !== 'sent') return undefined;
    const timer = setTimeout(() => setProgress('late'), EXPECT_WITHIN_MS);
    return () => clearTimeout(timer);
  }, [progress]);
  return [progress, setProgress];
}
