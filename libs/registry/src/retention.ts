import type { RegistryState } from './apply-decision.js';
import type { Decision } from './decision.js';

/** Which bundles are kept. */
export interface RetentionRule {
  /** Bundles of releases that were retired before this may go, epoch milliseconds. */
  readonly retiredBeforeMs: number;
  /** But for those of so many last champions before the present one, and of as many that roll-backs lead to. */
  readonly champions: number;
}

/** Content of bundles that nobody needs any more. */
export interface UnneededContent {
  /** Digests of the bundles. */
  readonly bundles: readonly string[];
  /** Digests of their files, those left out that other bundles or evidence share. */
  readonly files: readonly string[];
}

/** Ids of releases whose bundles may go. The champion, shadows and candidates are never among them: they are not retired. */
export function releasesToDiscard(
  { releases, former }: RegistryState,
  decisions: readonly Decision[],
  { retiredBeforeMs, champions }: RetentionRule,
): readonly string[] {
  const kept = new Set([...former.slice(-champions), ...lastChampions(decisions, champions + 1)]);
  return [...releases.values()]
    .filter(({ state, changedAtMs, bundleGoneAtMs }) => {
      return state === 'retired' && bundleGoneAtMs === undefined && changedAtMs < retiredBeforeMs;
    })
    .map(({ releaseId }) => releaseId)
    .filter((releaseId) => !kept.has(releaseId));
}

/** What lies in the store of releases whose bundles are gone by the journal; nothing of it may be there any more. */
export function unneededContent({ releases }: RegistryState, decisions: readonly Decision[]): UnneededContent {
  const isGone = (releaseId: string): boolean => releases.get(releaseId)?.bundleGoneAtMs !== undefined;
  const added = decisions.filter((decision) => decision.action === 'added');
  const filesOf = (some: typeof added): string[] => some.flatMap(({ files }) => files.map(({ digest }) => digest));
  const needed = new Set([
    ...filesOf(added.filter(({ releaseId }) => !isGone(releaseId))),
    ...decisions.flatMap(({ evidence }) => evidence ?? []),
  ]);
  const gone = added.filter(({ releaseId }) => isGone(releaseId));
  return {
    bundles: gone.map(({ digest }) => digest),
    files: [...new Set(filesOf(gone))].filter((digest) => !needed.has(digest)),
  };
}

/** The releases that were champion last, the present one first. */
function lastChampions(decisions: readonly Decision[], most: number): readonly string[] {
  const found = new Set<string>();
  for (const decision of decisions.toReversed()) {
    if (decision.action !== 'promoted' && decision.action !== 'rolled-back') continue;
    for (const releaseId of [decision.releaseId, decision.replaced])
      if (releaseId !== undefined && found.size < most) found.add(releaseId);
  }
  return [...found];
}
