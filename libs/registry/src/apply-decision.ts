import type { Decision } from './decision.js';
import { RegistryError } from './registry-error.js';
import { RELEASE_ASSIGNMENTS_KEY } from '#wire';
import type { ReleaseRecord } from './release-record.js';

/** Everything that the journal says, added up. */
export interface RegistryState {
  /** By id, in the order in which they came. */
  readonly releases: ReadonlyMap<string, ReleaseRecord>;
  readonly champion: string | undefined;
  /** Who was champion before, the first one first; a roll-back takes the last away. */
  readonly former: readonly string[];
  /** Of the last decision. */
  readonly sequence: number;
}

/** The registry before its first decision. */
export const EMPTY_REGISTRY: RegistryState = { releases: new Map(), champion: undefined, former: [], sequence: 0 };

/**
 * The state after a decision. A pure function: the same for a decision that is being made and for one that is read from the journal,
 * so that a restart cannot come to another state.
 *
 * @throws RegistryError when the decision is not allowed in this state
 */
export function applyDecision(state: RegistryState, decision: Decision): RegistryState {
  const { sequence } = decision;
  if (sequence !== state.sequence + 1)
    throw new RegistryError('damaged-store', `decision ${sequence} follows ${state.sequence}: one is missing`);
  const next = { ...change(state, decision), sequence };
  return next;
}

function change(state: RegistryState, decision: Decision): Omit<RegistryState, 'sequence'> {
  if (decision.action === 'added') return add(state, decision);
  const release = state.releases.get(decision.releaseId);
  if (release === undefined)
    throw new RegistryError(
      'unknown-release',
      `there is no release ${decision.releaseId}; GET /releases lists those that are there`,
    );
  switch (decision.action) {
    case 'shadowed':
      return shadow(state, release, decision);
    case 'promoted':
      return promote(state, release, decision);
    case 'rolled-back':
      return rollBack(state, release, decision);
    case 'retired':
      return retire(state, release, decision);
    case 'discarded':
      return discard(state, release, decision);
    case 'pinned':
    case 'unpinned':
      return pin(state, release, decision);
  }
}

function add(state: RegistryState, decision: Decision & { action: 'added' }): RegistryState {
  const { releaseId, digest, atMs, by, why, files } = decision;
  if (releaseId === RELEASE_ASSIGNMENTS_KEY)
    throw new RegistryError(
      'id-taken',
      `a release cannot be called "${RELEASE_ASSIGNMENTS_KEY}": give it another release id`,
    );
  if (state.releases.has(releaseId))
    throw new RegistryError(
      'id-taken',
      `another bundle is called ${releaseId} already; scores are named by the id, so give the new one another release id`,
    );
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const record: ReleaseRecord = {
    ...{ releaseId, digest, state: 'candidate', pinned: false, shadowShare: 0 },
    ...{ addedAtMs: atMs, changedAtMs: atMs, by, why, bytes },
  };
  return { ...state, releases: new Map([...state.releases, [releaseId, record]]) };
}

function shadow(state: RegistryState, release: ReleaseRecord, decision: Decision & { action: 'shadowed' }) {
  expectBundle(release);
  if (release.state === 'champion')
    throw illegal(
      `${release.releaseId} is the champion and scores every window: promote another one or roll back first`,
    );
  return { ...state, releases: changed(state, release, decision, { state: 'shadow', shadowShare: decision.share }) };
}

function promote(state: RegistryState, release: ReleaseRecord, decision: Decision & { action: 'promoted' }) {
  const { releaseId } = release;
  const { automatic, forced } = decision;
  expectBundle(release);
  const champion = state.champion === undefined ? undefined : state.releases.get(state.champion);
  if (release.state === 'champion') throw illegal(`${releaseId} is the champion already`);
  if (automatic && forced) throw illegal('an automatic promotion cannot be forced; a person has to do that');
  if (release.state !== 'shadow' && !forced)
    throw illegal(
      `${releaseId} is ${release.state === 'candidate' ? 'a candidate' : 'retired'}: put it in shadow first, or, as a person, force it`,
    );
  if (champion?.pinned && !forced)
    throw new RegistryError(
      'pinned',
      `${champion.releaseId} is pinned as champion by ${champion.by}: unpin it, or, as a person, force the promotion`,
    );
  return crown(state, release, decision, { pinned: false, former: champion && [...state.former, champion.releaseId] });
}

function rollBack(state: RegistryState, release: ReleaseRecord, decision: Decision & { action: 'rolled-back' }) {
  if (state.champion === undefined || state.former.at(-1) !== release.releaseId)
    throw illegal(`${release.releaseId} is not the champion of before, so there is no way back to it`);
  expectBundle(release);
  return crown(state, release, decision, { pinned: decision.pinned, former: state.former.slice(0, -1) });
}

/** Makes a release the champion and retires the one that was. */
function crown(
  state: RegistryState,
  release: ReleaseRecord,
  decision: Decision,
  { pinned, former }: { readonly pinned: boolean; readonly former: readonly string[] | undefined },
) {
  const replaced = state.champion === undefined ? undefined : state.releases.get(state.champion)!;
  const retired = replaced
    ? changed(state, replaced, decision, { state: 'retired', pinned: false })
    : new Map(state.releases);
  const releases = changed({ releases: retired }, release, decision, { state: 'champion', pinned, shadowShare: 0 });
  return { releases, champion: release.releaseId, former: former ?? state.former };
}

function retire(state: RegistryState, release: ReleaseRecord, decision: Decision) {
  if (release.state === 'champion')
    throw illegal(
      `${release.releaseId} is the champion, without whom nothing is scored: promote another one or roll back`,
    );
  if (release.state === 'retired') throw illegal(`${release.releaseId} is retired already`);
  return { ...state, releases: changed(state, release, decision, { state: 'retired', shadowShare: 0 }) };
}

function discard(state: RegistryState, release: ReleaseRecord, decision: Decision) {
  if (release.state !== 'retired') throw illegal(`${release.releaseId} is not retired, so its bundle is needed`);
  expectBundle(release);
  return { ...state, releases: changed(state, release, decision, { bundleGoneAtMs: decision.atMs }) };
}

/** @throws RegistryError `gone` when the bundle of a release is no longer kept */
export function expectBundle({ releaseId, bundleGoneAtMs }: ReleaseRecord): void {
  if (bundleGoneAtMs === undefined) return;
  const day = new Date(bundleGoneAtMs).toISOString().slice(0, 10);
  throw new RegistryError(
    'gone',
    `the bundle of ${releaseId} was removed on ${day}, for it was retired long before: its decisions are kept, its files are not; give a bundle from a back-up another release id`,
  );
}

function pin(state: RegistryState, release: ReleaseRecord, decision: Decision) {
  const pinned = decision.action === 'pinned';
  if (release.state !== 'champion')
    throw illegal(`only the champion can be pinned, and ${release.releaseId} is not it`);
  if (release.pinned === pinned) throw illegal(`${release.releaseId} is ${pinned ? 'pinned already' : 'not pinned'}`);
  return { ...state, releases: changed(state, release, decision, { pinned }) };
}

function changed(
  { releases }: Pick<RegistryState, 'releases'>,
  release: ReleaseRecord,
  { atMs, by, why }: Decision,
  change: Partial<Pick<ReleaseRecord, 'state' | 'pinned' | 'shadowShare' | 'bundleGoneAtMs'>>,
): Map<string, ReleaseRecord> {
  return new Map(releases).set(release.releaseId, { ...release, ...change, changedAtMs: atMs, by, why });
}

function illegal(message: string): RegistryError {
  return new RegistryError('illegal-transition', message);
}
