import { describe, expect, it } from '@jest/globals';
import { HistoryError, HistoryStore, type HistoryPoint } from '#history';
import { HistoryWriter } from './history-writer.js';

function point(atMs: number): HistoryPoint {
  return { kind: 'risk', stayId: 'a', atMs, releaseId: 'r', completeness: 1 };
}

/** Fails as often as it is told, then keeps the points. */
class FailingHistory extends HistoryStore {
  readonly kept: number[] = [];
  constructor(private readonly failures: Error[]) {
    super();
  }
  override async write(points: readonly HistoryPoint[]): Promise<void> {
    const failure = this.failures.shift();
    if (failure) throw failure;
    this.kept.push(...points.map(({ atMs }) => atMs));
  }
  override async *read(): AsyncIterable<HistoryPoint> {}
  override async close(): Promise<void> {}
}

function writerOn(history: HistoryStore, mostWaiting?: number) {
  const waits: number[] = [];
  const failures: unknown[] = [];
  const wait = async (ms: number) => void waits.push(ms);
  const onFailure = (error: unknown) => void failures.push(error);
  const options = { history, wait, onFailure, onRetry: () => undefined };
  return {
    waits,
    failures,
    writer: new HistoryWriter(mostWaiting === undefined ? options : { ...options, mostWaiting }),
  };
}

describe('HistoryWriter', () => {
  it('has written what was added when it says so', async () => {
    const history = new FailingHistory([]);
    const { writer } = writerOn(history);
    const many = Array.from({ length: 2_500 }, (_, index) => point(index));
    writer.add(many);
    await writer.flushed();
    expect(history.kept).toEqual(many.map(({ atMs }) => atMs));
  });

  it('tries again, later and later, while the history is away', async () => {
    const history = new FailingHistory(Array.from({ length: 8 }, () => new HistoryError('away', true)));
    const { writer, waits } = writerOn(history);
    writer.add([point(1)]);
    await writer.flushed();
    expect(waits).toEqual([200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000]);
    expect(history.kept).toEqual([1]);
  });

  it('does not write what belongs to somebody else by the time that the history is back', async () => {
    const history = new FailingHistory([new HistoryError('away', true)]);
    const { writer, waits } = writerOn(history);
    writer.add([point(1)], () => waits.length === 0);
    writer.add([point(2)]);
    await writer.flushed();
    expect(history.kept).toEqual([2]);
  });

  it('fails for good when no later attempt can succeed, and tells whoever waits', async () => {
    const error = new HistoryError('malformed', false);
    const { writer, failures } = writerOn(new FailingHistory([error]));
    writer.add([point(1)]);
    await expect(writer.flushed()).rejects.toBe(error);
    expect(failures).toEqual([error]);
    await expect(writer.flushed()).rejects.toBe(error);
  });

  it('holds whoever adds beyond its bound until it has caught up', async () => {
    let open = () => {};
    const gate = new Promise<void>((resolve) => (open = resolve));
    const history = new FailingHistory([]);
    const write = history.write.bind(history);
    history.write = async (points) => gate.then(() => write(points));
    const { writer } = writerOn(history, 2);
    writer.add([point(1), point(2)]);
    await writer.room();
    writer.add([point(3)]);
    const room = writer.room().then(() => history.kept.length);
    open();
    expect(await room).toBeGreaterThanOrEqual(1);
  });
});
