import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { applyDecision, EMPTY_REGISTRY, type RegistryState } from './apply-decision.js';
import type { Decision } from './decision.js';
import { RegistryError } from './registry-error.js';

const IDS = ['first', 'second', 'third', 'fourth'];

type Asked = Decision extends infer D
  ? D extends Decision
    ? Omit<D, 'sequence' | 'atMs' | 'by' | 'why'>
    : never
  : never;

/** Anything that might be asked for, allowed or not; a roll-back is asked for by what the state says. */
const anyAsked = (): fc.Arbitrary<(state: RegistryState) => Asked> => {
  const releaseId = fc.constantFrom(...IDS);
  const digest = 'a'.repeat(64);
  return fc.oneof(
    releaseId.map((id) => () => ({ action: 'added' as const, releaseId: id, digest, files: [] })),
    fc
      .record({ releaseId, share: fc.constantFrom(0.1, 1) })
      .map((one) => () => ({ action: 'shadowed' as const, ...one })),
    fc
      .record({ releaseId, automatic: fc.boolean(), forced: fc.boolean() })
      .map((one) => () => ({ action: 'promoted' as const, ...one })),
    fc.boolean().map((pinned) => ({ champion = 'nobody', former }: RegistryState) => {
      return { action: 'rolled-back' as const, releaseId: former.at(-1) ?? 'first', replaced: champion, pinned };
    }),
    fc
      .record({
        releaseId,
        action: fc.constantFrom('retired' as const, 'discarded' as const, 'pinned' as const, 'unpinned' as const),
      })
      .map((one) => () => one),
  );
};

/** Decides what may be decided; what is refused leaves no trace. */
function decideAll(asks: readonly ((state: RegistryState) => Asked)[]): { states: RegistryState[]; made: Decision[] } {
  const states = [EMPTY_REGISTRY];
  const made: Decision[] = [];
  for (const ask of asks) {
    const state = states.at(-1)!;
    const decision = {
      ...ask(state),
      sequence: state.sequence + 1,
      atMs: made.length,
      by: 'spec',
      why: 'spec',
    } as Decision;
    try {
      states.push(applyDecision(state, decision));
      made.push(decision);
    } catch (error) {
      if (!(error instanceof RegistryError)) throw error;
    }
  }
  return { states, made };
}

const walks = () => fc.array(anyAsked(), { minLength: 10, maxLength: 60 });

describe('the life of releases', () => {
  it('has at most one champion, named as such, and pins and shares where they belong', () => {
    fc.assert(
      fc.property(walks(), (asks) => {
        for (const { releases, champion } of decideAll(asks).states) {
          const champions = [...releases.values()].filter(({ state }) => state === 'champion');
          expect(champions.map(({ releaseId }) => releaseId)).toEqual(champion === undefined ? [] : [champion]);
          for (const { state, pinned, shadowShare, bundleGoneAtMs } of releases.values()) {
            expect(pinned && state !== 'champion').toBe(false);
            expect(bundleGoneAtMs !== undefined && state !== 'retired').toBe(false);
            expect(shadowShare > 0).toBe(state === 'shadow');
          }
        }
      }),
    );
  });

  it('never loses its champion, nor a release', () => {
    fc.assert(
      fc.property(walks(), (asks) => {
        const { states } = decideAll(asks);
        states.slice(1).forEach((state, index) => {
          const before = states[index]!;
          expect(state.releases.size).toBeGreaterThanOrEqual(before.releases.size);
          if (before.champion !== undefined) expect(state.releases.has(state.champion!)).toBe(true);
        });
      }),
    );
  });

  it('is undone by a roll-back: promotions and roll-backs are a stack', () => {
    fc.assert(
      fc.property(walks(), (asks) => {
        const { states, made } = decideAll(asks);
        const stack: string[] = [];
        made.forEach((decision, index) => {
          if (decision.action === 'promoted') stack.push(decision.releaseId);
          if (decision.action === 'rolled-back') stack.pop();
          expect(states[index + 1]!.champion).toBe(stack.at(-1));
        });
      }),
    );
  });

  it('never lets a gate promote over a pin or from outside the shadow', () => {
    fc.assert(
      fc.property(walks(), (asks) => {
        const { states, made } = decideAll(asks);
        made.forEach((decision, index) => {
          if (decision.action !== 'promoted' || !decision.automatic) return;
          const { releases, champion } = states[index]!;
          expect(releases.get(decision.releaseId)!.state).toBe('shadow');
          expect(champion !== undefined && releases.get(champion)!.pinned).toBe(false);
        });
      }),
    );
  });

  it('is the same when the journal is read again', () => {
    fc.assert(
      fc.property(walks(), (asks) => {
        const { states, made } = decideAll(asks);
        expect(made.reduce(applyDecision, EMPTY_REGISTRY)).toEqual(states.at(-1));
      }),
    );
  });
});

describe('what is refused', () => {
  const told = { atMs: 1, by: 'ada', why: 'spec' };
  const added = (releaseId: string, sequence: number): Decision => {
    return { action: 'added', releaseId, sequence, ...told, digest: 'b'.repeat(64), files: [] };
  };
  const two = [added('first', 1), added('second', 2)].reduce(applyDecision, EMPTY_REGISTRY);
  const promoted = (releaseId: string, more: object = {}): Decision => {
    return { action: 'promoted', releaseId, sequence: 3, ...told, automatic: false, forced: false, ...more };
  };
  const crowned = applyDecision(two, promoted('first', { forced: true }));
  const pinned = applyDecision(crowned, { action: 'pinned', releaseId: 'first', sequence: 4, ...told });

  it.each<[string, RegistryState, Decision, RegExp]>([
    ['a candidate that skips the shadow', two, promoted('first'), /first is a candidate: put it in shadow first/],
    ['a forced automatic promotion', two, promoted('first', { forced: true, automatic: true }), /cannot be forced/],
    ['a second bundle of an id', two, added('first', 3), /another bundle is called first already/],
    ['the id of the assignments', two, added('assignments', 3), /cannot be called "assignments"/],
    ['an unknown release', two, promoted('tenth'), /there is no release tenth/],
    [
      'the champion into retirement',
      crowned,
      { action: 'retired', releaseId: 'first', sequence: 4, ...told },
      /first is the champion/,
    ],
    [
      'the champion into the shadow',
      crowned,
      { action: 'shadowed', releaseId: 'first', share: 1, sequence: 4, ...told },
      /is the champion/,
    ],
    [
      'a pin on another',
      crowned,
      { action: 'pinned', releaseId: 'second', sequence: 4, ...told },
      /only the champion can be pinned/,
    ],
    [
      'a roll-back without a before',
      crowned,
      { action: 'rolled-back', releaseId: 'second', replaced: 'first', pinned: false, sequence: 4, ...told },
      /no way back/,
    ],
    [
      'the bundle of a release that may still score',
      two,
      { action: 'discarded', releaseId: 'first', sequence: 3, ...told },
      /first is not retired/,
    ],
    ['a gap in the numbers', two, { ...added('third', 5) }, /decision 5 follows 2/],
  ])('%s', (_, state, decision, sentence) => expect(() => applyDecision(state, decision)).toThrow(sentence));

  it('a promotion over a pin, unless a person forces it', () => {
    const inShadow = applyDecision(pinned, { action: 'shadowed', releaseId: 'second', share: 1, sequence: 5, ...told });
    const over = (more: object): Decision => promoted('second', { sequence: 6, ...more });
    expect(() => applyDecision(inShadow, over({ automatic: true }))).toThrow(/first is pinned as champion by ada/);
    expect(() => applyDecision(inShadow, over({}))).toThrow(RegistryError);
    expect(applyDecision(inShadow, over({ forced: true })).champion).toBe('second');
  });
});
