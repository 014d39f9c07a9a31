import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { HistoryPoint, HistoryQuery, HistoryStore, ObservationPoint, RiskPoint } from '#history';

/** What the contract of the history needs of an adapter. One harness serves one test. */
export interface HistoryStoreHarness {
  /** Opens the store on the same durable state; the one before must be closed. */
  open(): Promise<HistoryStore>;
  /** Moves the clock of retention forward; absent where the adapter's clock is not ours. */
  advanceMs?(ms: number): void;
  /** Removes the state. */
  destroy(): Promise<void>;
}

const DAY_MS = 86_400_000;

/** Noon of yesterday, so that a test's points share a day and no server thinks them too old. */
const NOON_MS = Math.floor(Date.now() / DAY_MS) * DAY_MS - DAY_MS / 2;

/** What every adapter of the history promises. */
export function describeHistoryStoreContract(
  adapter: string,
  create: () => Promise<HistoryStoreHarness>,
  /** Whether the harness can move the clock by which points grow old. */
  { ownClock }: { readonly ownClock: boolean },
): void {
  const on = onHarness(create);
  describe(`${adapter} as a history store`, () => {
    readingContract(on);
    onePointContract(on);
    refusalContract(on);
    if (ownClock) retentionContract(on);
  });
}

type OnHarness = ReturnType<typeof onHarness>;

function onHarness(create: () => Promise<HistoryStoreHarness>) {
  return (
    title: string,
    body: (store: HistoryStore, reopen: () => Promise<HistoryStore>, harness: HistoryStoreHarness) => Promise<void>,
  ): void => {
    it(title, async () => {
      const harness = await create();
      let store = await harness.open();
      const reopen = async () => {
        await store.close();
        return (store = await harness.open());
      };
      try {
        await body(store, reopen, harness);
      } finally {
        await store.close();
        await harness.destroy();
      }
    });
  };
}

function readingContract(on: OnHarness): void {
  on('gives back a stay’s points of a kind in [from, to), oldest first, whole', async (store) => {
    const stayId = randomUUID();
    const inside = [0, 1, 2, 3].map((minute) =>
      observation({ stayId, atMs: NOON_MS + minute * 60_000, value: 80 + minute / 3 }),
    );
    const score = risk({ stayId, atMs: NOON_MS });
    const outside = [observation({ stayId, atMs: NOON_MS - 1 }), observation({ stayId, atMs: NOON_MS + 240_000 })];
    await store.write([
      ...outside,
      ...inside.toReversed(),
      score,
      observation({ stayId: randomUUID(), atMs: NOON_MS }),
    ]);
    expect(await read(store, { stayId, toMs: NOON_MS + 240_000 })).toEqual(inside);
    expect(await read(store, { stayId, kind: 'risk' })).toEqual([score]);
    expect(await read(store, { stayId: randomUUID() })).toEqual([]);
  });

  on('gives back only the signals asked for', async (store) => {
    const stayId = randomUUID();
    const points = (['heart-rate', 'glucose', 'sodium'] as const).map((signal) => observation({ stayId, signal }));
    await store.write(points);
    const found = await read(store, { stayId, signals: ['glucose', 'sodium'] });
    expect(found.map((point) => point.kind === 'observation' && point.signal).sort()).toEqual(['glucose', 'sodium']);
    expect(await read(store, { stayId, signals: [] })).toEqual([]);
  });

  on('reads more points than any page holds, many of them of one time', async (store) => {
    const stayId = randomUUID();
    const points = Array.from({ length: 6_000 }, (_, index) =>
      observation({
        stayId,
        atMs: NOON_MS + Math.floor(index / 3) * 1_000,
        source: (['monitor', 'manual', 'cuff'] as const)[index % 3]!,
        value: index,
      }),
    );
    await store.write(points);
    const values = (await read(store, { stayId })).map((point) => (point as ObservationPoint).value);
    expect(values.toSorted((one, other) => one - other)).toEqual(points.map(({ value }) => value));
    const minutes = values.map((value) => Math.floor(value / 3));
    expect(minutes).toEqual(minutes.toSorted((one, other) => one - other));
  });

  on('keeps points over a restart', async (store, reopen) => {
    const stayId = randomUUID();
    await store.write([observation({ stayId }), risk({ stayId })]);
    const again = await reopen();
    expect(await read(again, { stayId })).toEqual([observation({ stayId })]);
    const always = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };
    expect(await read(again, { stayId, kind: 'risk', ...always })).toEqual([risk({ stayId })]);
  });
}

function onePointContract(on: OnHarness): void {
  on('leaves one point when a point is written twice, and the later of a release’s scores', async (store) => {
    const stayId = randomUUID();
    await store.write([observation({ stayId }), risk({ stayId, completeness: 0.5 })]);
    await store.write([observation({ stayId }), risk({ stayId })]);
    expect(await read(store, { stayId })).toEqual([observation({ stayId })]);
    expect(await read(store, { stayId, kind: 'risk' })).toEqual([risk({ stayId })]);
  });

  on('keeps every value of a moment, in whatever order and how often they are written', async (store) => {
    const stayId = randomUUID();
    const corrected = { stayId, value: 300, availableAtMs: NOON_MS + 2 };
    const points = [observation({ stayId, value: 35 }), observation({ stayId, value: 300 }), observation(corrected)];
    await store.write(points);
    await store.write([points[1]!, points[0]!]);
    const found = await read(store, { stayId });
    expect(found).toHaveLength(points.length);
    expect(found).toEqual(expect.arrayContaining(points));
  });

  on('forgets the risk and the NEWS2 of a score that is refused the second time', async (store) => {
    const stayId = randomUUID();
    const refused: RiskPoint = { kind: 'risk', stayId, atMs: NOON_MS, releaseId: 'first', completeness: 0.1 };
    await store.write([risk({ stayId })]);
    await store.write([refused]);
    expect(await read(store, { stayId, kind: 'risk' })).toEqual([refused]);
  });

  on('keeps sources, signals and releases of one time apart', async (store) => {
    const stayId = randomUUID();
    await store.write([
      observation({ stayId, source: 'cuff' }),
      observation({ stayId, source: 'arterial-line' }),
      observation({ stayId, signal: 'glucose' }),
      risk({ stayId, releaseId: 'first' }),
      risk({ stayId, releaseId: 'second' }),
    ]);
    expect(await read(store, { stayId })).toHaveLength(3);
    expect(await read(store, { stayId, kind: 'risk' })).toHaveLength(2);
  });

  on('gives back any stay id, value and release unchanged', async (store) => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((id) => !/[\p{Cc}\\]/u.test(id));
    const value = fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0);
    await fc.assert(
      fc.asyncProperty(text, text, value, async (name, releaseId, number) => {
        const stayId = `${randomUUID()} ${name}`;
        const points = [observation({ stayId, value: number }), risk({ stayId, releaseId })];
        await store.write(points);
        expect([...(await read(store, { stayId })), ...(await read(store, { stayId, kind: 'risk' }))]).toEqual(points);
      }),
      { numRuns: 40 },
    );
  });
}

function refusalContract(on: OnHarness): void {
  on('refuses for good what it could not give back', async (store) => {
    const never = { name: 'HistoryError', retriable: false };
    await expect(store.write([observation({ value: Number.NaN })])).rejects.toMatchObject(never);
    await expect(store.write([observation({ atMs: 1.5 })])).rejects.toMatchObject(never);
    await expect(store.write([observation({ atMs: -1 })])).rejects.toMatchObject(never);
    await expect(store.write([observation({ stayId: '' })])).rejects.toMatchObject(never);
    await expect(store.write([observation({ stayId: 'a\nb' })])).rejects.toMatchObject(never);
    await store.write([]);
  });
}

function retentionContract(on: OnHarness): void {
  on('drops what is older than the retention', async (store, reopen, { advanceMs }) => {
    const stayId = randomUUID();
    await store.write([observation({ stayId }), risk({ stayId })]);
    advanceMs!(32 * DAY_MS);
    const young = observation({ stayId, atMs: NOON_MS + 32 * DAY_MS });
    await store.write([young]);
    const again = await reopen();
    expect(await read(again, { stayId })).toEqual([young]);
    expect(await read(again, { stayId, kind: 'risk' })).toEqual([]);
  });
}

function observation(of: Partial<ObservationPoint>): ObservationPoint {
  const point = { kind: 'observation', stayId: 'stay', atMs: NOON_MS, signal: 'heart-rate', value: 80 } as const;
  return { ...point, availableAtMs: NOON_MS + 1, source: 'monitor', ...of };
}

function risk(of: Partial<RiskPoint>): RiskPoint {
  const interval = { median: 0.25, low: 0.125, high: 0.5 };
  return {
    kind: 'risk',
    stayId: 'stay',
    atMs: NOON_MS,
    releaseId: 'first',
    risk: interval,
    news2: 5,
    completeness: 0.75,
    ...of,
  };
}

async function read(store: HistoryStore, of: Partial<HistoryQuery>): Promise<HistoryPoint[]> {
  const points: HistoryPoint[] = [];
  const query = { stayId: 'stay', kind: 'observation', fromMs: NOON_MS, toMs: NOON_MS + 40 * DAY_MS, ...of } as const;
  for await (const point of store.read(query)) points.push(point);
  return points;
}
