import type { JSX } from 'preact';
import type { ModelResponse } from '#wire';
import { decisionWords } from '../../words/release-words.js';
import { ModelPanel } from './model-panel.js';
import { Since } from './since.js';

interface DecisionsPanelProps {
  readonly part: ModelResponse['releases'];
  readonly nowMs: number;
}

/** The registry's journal, newest first. */
export function DecisionsPanel({ part, nowMs }: DecisionsPanelProps): JSX.Element {
  return (
    <ModelPanel id="decisions" title="Decisions" part={part} nowMs={nowMs}>
      {({ decisions }) => (
        <>
          {decisions.length === 0 && <p class="quiet">Nothing has been decided yet.</p>}
          <ol class="model-decisions">
            {decisions.map((decision) => (
              <li key={decision.sequence} value={decision.sequence}>
                <p>{decisionWords(decision)}</p>
                <p class="small quiet">
                  <Since atMs={decision.atMs} nowMs={nowMs} />, by {decision.by}: “{decision.why}”
                </p>
              </li>
            ))}
          </ol>
        </>
      )}
    </ModelPanel>
  );
}
