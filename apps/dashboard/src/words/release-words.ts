import type { ReleaseDecision, ReleaseStanding } from '#wire';

/** A share for people: `20 %`, `0.5 %`; one decimal below 10 % where it has one. */
export function shareWords(share: number): string {
  const percent = share * 100;
  return `${percent < 10 ? Number(percent.toFixed(1)) : Math.round(percent)} %`;
}

/** Where a release stands: `champion, pinned`, `shadow, scores 20 % of the windows`. */
export function releaseStateWords({ state, pinned, shadowShare }: ReleaseStanding): string {
  if (state === 'champion') return pinned ? 'champion, pinned' : 'champion';
  return state === 'shadow' ? `shadow, scores ${shareWords(shadowShare)} of the windows` : state;
}

/** What a state means for whoever looks at the ward. */
export const RELEASE_STATE_SENTENCES: Readonly<Record<ReleaseStanding['state'], string>> = {
  champion: 'Its scores are shown and may alert.',
  shadow: 'Scores beside the champion: never shown, never alerts.',
  candidate: 'Scores nothing yet.',
  retired: 'Scores nothing any more.',
};

/** What was decided, in one sentence without its end: `vigil-2 was promoted by the gate in place of vigil-1`. */
export function decisionWords(decision: ReleaseDecision): string {
  const { action, releaseId, replaced, share, automatic, forced } = decision;
  const place = replaced === undefined ? '' : ` in place of ${replaced}`;
  switch (action) {
    case 'added':
      return `${releaseId} was added as a candidate`;
    case 'shadowed':
      return `${releaseId} was put in shadow${share === undefined ? '' : ` for ${shareWords(share)} of the windows`}`;
    case 'promoted':
      return `${releaseId} was promoted ${automatic ? 'by the gate' : forced ? 'by force' : 'by hand'}${place}`;
    case 'rolled-back':
      return `${releaseId} is champion again${place}: rolled back`;
    case 'retired':
      return `${releaseId} was retired`;
    case 'discarded':
      return `the bundle of ${releaseId} was removed: it cannot come back`;
    case 'pinned':
      return `${releaseId} was pinned: no gate promotes over it`;
    case 'unpinned':
      return `${releaseId} is no longer pinned`;
  }
}

const RANK: Readonly<Record<ReleaseStanding['state'], number>> = { champion: 0, shadow: 1, candidate: 2, retired: 3 };

/** Champion, shadows, candidates, retired ones; among alike what changed last comes first. */
export function orderReleases(releases: readonly ReleaseStanding[]): readonly ReleaseStanding[] {
  return [...releases].sort((a, b) => RANK[a.state] - RANK[b.state] || b.changedAtMs - a.changedAtMs);
}
