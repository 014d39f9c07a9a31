import type { ComponentChildren, JSX } from 'preact';
import { ageWords } from '../../words/age-words.js';

interface Away {
  readonly unavailable: string;
}

interface ModelPanelProps<Part extends { readonly asOfMs: number } | Away> {
  /** Also the panel's test id. */
  readonly id: string;
  readonly title: string;
  readonly part: Part;
  /** The gateway's clock. */
  readonly nowMs: number;
  readonly children: (part: Exclude<Part, Away>) => ComponentChildren;
}

/** A part of the model's page with its age, or why it is not there: what is not known is said and never shown as none. */
export function ModelPanel<Part extends { readonly asOfMs: number } | Away>({
  id,
  title,
  part,
  nowMs,
  children,
}: ModelPanelProps<Part>): JSX.Element {
  return (
    <section class="panel model-panel" aria-labelledby={`model-${id}`} data-testid={`model-${id}`}>
      <h3 id={`model-${id}`}>
        {title}
        {'asOfMs' in part && <span class="number quiet model-age">read {readAge(nowMs - part.asOfMs)}</span>}
      </h3>
      {isThere(part) ? (
        <div class="live-value">{children(part)}</div>
      ) : (
        <p class="model-away">{'unavailable' in part && part.unavailable}</p>
      )}
    </section>
  );
}

function isThere<Part extends object>(part: Part): part is Exclude<Part, Away> {
  return !('unavailable' in part);
}

function readAge(ageMs: number): string {
  const words = ageWords(Math.max(0, ageMs));
  return words === 'now' ? 'just now' : `${words} ago`;
}
