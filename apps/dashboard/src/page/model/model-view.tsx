import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { ModelResponse } from '#wire';
import { gatewayNowMs } from '../../live/model-state.js';
import { momentWords } from '../../words/age-words.js';
import { openWard } from '../route.js';
import { Empty } from '../shell/empty.js';
import { isTyping } from '../shell/is-typing.js';
import { DecisionsPanel } from './decisions-panel.js';
import { DriftPanel } from './drift-panel.js';
import { followModel, model } from './model-store.js';
import { ReleasesPanel } from './releases-panel.js';
import { TrainingsPanel } from './trainings-panel.js';

/** The model: which releases score, what was decided about them, what is trained, and whether the ward is still as in training. */
export function ModelView(): JSX.Element {
  const view = useRef<HTMLDivElement>(null);
  useEffect(followModel, []);
  useEffect(() => {
    document.title = 'Model · Vigil';
    view.current?.focus({ preventScroll: true });
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  const { answer, problem, receivedAtMs } = model.value;
  return (
    <div class="model" ref={view} tabIndex={-1} data-old={String(problem !== undefined)}>
      <header class="model-head">
        <h2>Model</h2>
        {answer && <p class="quiet">{answer.disclaimer} This page changes nothing.</p>}
      </header>
      {problem !== undefined && (
        <p class="problem" role="status">
          The state of the model could not be read: {problem}. Trying again.
          {answer && ` What is shown stands as of ${momentWords(receivedAtMs, Date.now())}.`}
        </p>
      )}
      {answer ? (
        <Panels answer={answer} nowMs={gatewayNowMs(model.value)} />
      ) : (
        <Empty title="Reading">Releases, trainings and drift appear as soon as the gateway answers.</Empty>
      )}
    </div>
  );
}

function Panels({ answer, nowMs }: { readonly answer: ModelResponse; readonly nowMs: number }): JSX.Element {
  return (
    <div class="model-columns">
      <div class="model-column">
        <ReleasesPanel part={answer.releases} nowMs={nowMs} />
        <TrainingsPanel part={answer.trainings} nowMs={nowMs} />
      </div>
      <div class="model-column">
        <DriftPanel part={answer.drift} nowMs={nowMs} />
        <DecisionsPanel part={answer.releases} nowMs={nowMs} />
      </div>
    </div>
  );
}

function onKey(event: KeyboardEvent): void {
  if (event.altKey || event.ctrlKey || event.metaKey || isTyping(event) || document.querySelector('dialog[open]'))
    return;
  if (event.key !== 'Escape') return;
  event.preventDefault();
  openWard();
}
