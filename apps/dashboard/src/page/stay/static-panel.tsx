import type { JSX } from 'preact';
import type { LiveStay } from '#wire';
import { staticLines } from '../../words/static-words.js';

/** What is known at admission. */
export function StaticPanel({ known }: { readonly known: LiveStay['static'] }): JSX.Element {
  return (
    <section class="panel" aria-labelledby="static-title">
      <h2 id="static-title">At admission</h2>
      <dl class="pairs">
        {staticLines(known as Parameters<typeof staticLines>[0]).map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="number">{value ?? <span class="quiet">unknown</span>}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
