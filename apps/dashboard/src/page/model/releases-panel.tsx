import type { JSX } from 'preact';
import type { ModelResponse, ReleaseStanding } from '#wire';
import { orderReleases, RELEASE_STATE_SENTENCES, releaseStateWords } from '../../words/release-words.js';
import { ModelPanel } from './model-panel.js';
import { Since } from './since.js';

interface ReleasesPanelProps {
  readonly part: ModelResponse['releases'];
  readonly nowMs: number;
}

/** Champion, shadows and candidates: since when, by whom and why. Retired ones stand behind a disclosure. */
export function ReleasesPanel({ part, nowMs }: ReleasesPanelProps): JSX.Element {
  return (
    <ModelPanel id="releases" title="Releases" part={part} nowMs={nowMs}>
      {({ releases }) => {
        const ordered = orderReleases(releases);
        const retired = ordered.filter(({ state }) => state === 'retired');
        const row = (release: ReleaseStanding): JSX.Element => (
          <Release key={release.releaseId} release={release} nowMs={nowMs} />
        );
        return (
          <>
            {ordered[0]?.state !== 'champion' && <p class="problem">There is no champion: nothing is scored.</p>}
            <ul>{ordered.filter(({ state }) => state !== 'retired').map(row)}</ul>
            {retired.length > 0 && (
              <details>
                <summary>{retired.length} retired</summary>
                <ul>{retired.map(row)}</ul>
              </details>
            )}
          </>
        );
      }}
    </ModelPanel>
  );
}

function Release({ release, nowMs }: { readonly release: ReleaseStanding; readonly nowMs: number }): JSX.Element {
  const { releaseId, digest, state, changedAtMs, by, why } = release;
  return (
    <li class="model-release" data-state={state}>
      <p>
        <b class="model-name" data-testid="release-id">
          {releaseId}
        </b>{' '}
        <span class="model-state">{releaseStateWords(release)}</span>
      </p>
      <p class="small">
        <Since atMs={changedAtMs} nowMs={nowMs} />, by {by}: “{why}”
      </p>
      <p class="small quiet">
        {RELEASE_STATE_SENTENCES[state]} Digest <span class="number">{digest.slice(0, 16)}</span>
      </p>
    </li>
  );
}
