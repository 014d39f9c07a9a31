import type { RecordedStay } from '#datasets';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { gatePolicySchema } from '../gate/gate-policy.js';
import { readPolicy } from '../policy-file.js';
import { heldOutStays, planHeldOut } from './plan-held-out.js';

const { heldOut: SHIPPED } = await readPolicy('apps/trainer/policies/gate-1.json', gatePolicySchema);
const POLICY = { ...SHIPPED, share: 0.25, mostStays: 100 };

type End = readonly [endedAtMs: number | undefined, outcome: 'died' | 'survived' | undefined];

async function* staysOf(ends: readonly End[]): AsyncGenerator<RecordedStay> {
  for (const [endedAtMs, outcome] of ends)
    yield {
      stay: { stayId: 's', site: 's', ward: 'w', bed: 'b', admittedAtMs: 0, static: {} },
      ...{ datasetId: 'local', patientId: 'p', observations: [] },
      ...(endedAtMs === undefined ? {} : { endedAtMs }),
      ...(outcome === undefined ? {} : { outcome }),
    };
}

async function endsOf(stays: AsyncIterable<RecordedStay>): Promise<(number | undefined)[]> {
  const found = [];
  for await (const { endedAtMs } of stays) found.push(endedAtMs);
  return found;
}

describe('planHeldOut', () => {
  it('holds out no stay that the champion has learned from', async () => {
    const ends: End[] = Array.from({ length: 8 }, (_, at) => [10 * at, at % 2 === 0 ? 'died' : 'survived']);
    // the last quarter ended from 60 on, but an earlier training saw all before 65
    const plan = await planHeldOut(staysOf(ends), POLICY, 65);
    expect(plan).toMatchObject({ untilMs: 65, training: { stays: 7, deaths: 4 }, heldOut: { stays: 1, deaths: 0 } });
    expect(await endsOf(heldOutStays(staysOf(ends), plan))).toEqual([70]);
    expect((await planHeldOut(staysOf(ends), POLICY, 30)).untilMs).toBe(60);
    // nothing ended since: nobody is left to judge by
    expect((await planHeldOut(staysOf(ends), POLICY, 99)).heldOut).toEqual({ stays: 0, deaths: 0 });
  });

  it('holds out the quarter that ended last, whatever the order', async () => {
    const ends: End[] = [
      [70, 'died'],
      [10, 'died'],
      [80, 'survived'],
      [20, 'survived'],
      [30, 'survived'],
      [60, 'survived'],
      [50, 'died'],
      [40, 'survived'],
      [90, undefined],
      [undefined, 'died'],
    ];
    const plan = await planHeldOut(staysOf(ends), POLICY);
    expect(plan).toEqual({
      ...{ untilMs: 70, fromMs: 70, toMs: 80 },
      training: { stays: 6, deaths: 2 },
      heldOut: { stays: 2, deaths: 1 },
    });
    expect(await endsOf(heldOutStays(staysOf(ends), plan))).toEqual([70, 80, 90]);
    const fewer = await planHeldOut(staysOf(ends), { ...POLICY, mostStays: 1 });
    expect(fewer).toMatchObject({ untilMs: 70, fromMs: 80, heldOut: { stays: 1, deaths: 0 } });
  });

  it('has nothing to part where there is nothing', async () => {
    const none = { stays: 0, deaths: 0 };
    const empty = { untilMs: 0, fromMs: 0, toMs: 0, training: none, heldOut: none };
    expect(await planHeldOut(staysOf([]), POLICY)).toEqual(empty);
  });

  it('never lets a stay be learned from that ended when one it is judged by had', async () => {
    const end = fc.tuple(fc.integer({ min: 1, max: 30 }), fc.constantFrom('died' as const, 'survived' as const));
    await fc.assert(
      fc.asyncProperty(fc.array(end, { minLength: 1 }), fc.integer({ min: 1, max: 9 }), async (ends, mostStays) => {
        const { untilMs, fromMs, training, heldOut } = await planHeldOut(staysOf(ends), { ...POLICY, mostStays });
        expect(fromMs).toBeGreaterThanOrEqual(untilMs);
        expect(training.stays).toBe(ends.filter(([endedAtMs]) => endedAtMs < untilMs).length);
        expect(heldOut.stays).toBe(ends.filter(([endedAtMs]) => endedAtMs >= fromMs).length);
        expect(heldOut.stays).toBeGreaterThan(0);
      }),
    );
  });
});
