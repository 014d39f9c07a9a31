import type { JSX } from 'preact';
import { LIVE_DISCLAIMER, type LiveBed, type RiskScore } from '#wire';
import { dayAndTime } from '../../words/age-words.js';

/** Where the score comes from, so that it can be computed again: release, engine, window. */
export function Provenance({
  bed,
  score,
}: {
  readonly bed: LiveBed;
  readonly score: RiskScore | undefined;
}): JSX.Element {
  return (
    <footer class="provenance small">
      <strong>{LIVE_DISCLAIMER}</strong>
      <span>stay {bed.stayId}</span>
      {score && (
        <>
          <span>
            release {score.releaseId} ({score.releaseStage})
          </span>
          <span>engine {score.engine}</span>
          <span class="number">
            window {dayAndTime(score.windowStartMs)} – {dayAndTime(score.dueAtMs)}
          </span>
          <span>
            digest <code title={score.windowDigest}>{score.windowDigest.slice(0, 16)}</code>
          </span>
        </>
      )}
    </footer>
  );
}
