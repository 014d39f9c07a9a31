import { computed, effect, signal, untracked } from '@preact/signals';
import { DAY_MS, HOUR_MS } from '#clinical';
import { httpProblemSchema, trendsResponseSchema } from '#wire';
import { pastOf, withNews, type StayPast } from '../../live/trend-series.js';
import { accessHeaders } from '../access-token.js';
import { line, live } from '../live-store.js';

/** How far back the trends reach. */
export const SPANS = ['day', 'stay'] as const;

/** One of {@link SPANS}: the last 24 hours, or since admission. */
export type Span = (typeof SPANS)[number];

/** How far back the trends reach. */
export const span = signal<Span>('day');

const isOpen = computed(() => line.value.line === 'open');

/** The past of the stay that is looked at; undefined until its trends have come. */
export const past = signal<StayPast | undefined>(undefined);

/** Why there are no trends, for people. */
export const pastProblem = signal<string | undefined>(undefined);

/** The live protocol tells the newest only; what passed between two updates is read again at most this often, milliseconds. */
const READ_AGAIN_MS = 10_000;

/** First and last time on the trends' axes: up to the log's clock, and as far back as the span and the stay reach. */
export function timeRange(stayId: string, reach: Span): readonly [fromMs: number, toMs: number] {
  const { beds, stays, clockMs } = live.value;
  const bed = beds.get(stayId);
  const toMs = Math.max(clockMs ?? 0, stays.get(stayId)?.score?.dueAtMs ?? 0, bed?.newestObservationAtMs ?? 0);
  const admittedAtMs = bed?.admittedAtMs ?? toMs - DAY_MS;
  const fromMs = reach === 'day' ? Math.max(admittedAtMs, toMs - DAY_MS) : admittedAtMs;
  return [Math.min(fromMs, toMs - HOUR_MS), toMs];
}

/** Longest past that the gateway gives at once, milliseconds; an older beginning of a stay is not drawn. */
const LONGEST_READ_MS = 31 * DAY_MS - 1;

/** Reads the past of a stay and keeps it in step with what is told live, until stopped. */
export function followPast(stayId: string): () => void {
  let isStopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let newestAsked = 0;
  // a value of its own, so that not every frame of any bed makes the trends be read again
  const isKnown = computed(() => live.value.beds.has(stayId));
  past.value = undefined;
  pastProblem.value = undefined;

  const readAgain = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      void read();
    }, READ_AGAIN_MS);
  };
  const read = async (): Promise<void> => {
    newestAsked += 1;
    const asked = newestAsked;
    const answer = await readTrends(stayId, span.peek());
    if (isStopped || asked !== newestAsked) return;
    if (typeof answer === 'string') {
      pastProblem.value = answer;
      readAgain();
      return;
    }
    pastProblem.value = undefined;
    const stay = live.peek().stays.get(stayId);
    past.value = stay ? withNews(answer, stay) : answer;
  };
  const stopReading = effect(() => {
    if (isKnown.value && isOpen.value && span.value) void untracked(read);
  });
  const stopNews = effect(() => {
    const stay = live.value.stays.get(stayId);
    const held = past.peek();
    if (!stay || !held) return;
    past.value = withNews(held, stay);
    readAgain();
  });
  return () => {
    isStopped = true;
    clearTimeout(timer);
    stopReading();
    stopNews();
  };
}

/** The trends of a stay, or why there are none. */
async function readTrends(stayId: string, reach: Span): Promise<StayPast | string> {
  const [fromMs, toMs] = untracked(() => timeRange(stayId, reach));
  const firstMs = Math.max(fromMs, toMs - LONGEST_READ_MS);
  const address = `./api/stays/${encodeURIComponent(stayId)}/trends?from=${firstMs}&to=${toMs + 1}`;
  try {
    const response = await fetch(address, { headers: accessHeaders() });
    const body: unknown = await response.json();
    if (!response.ok)
      return httpProblemSchema.safeParse(body).data?.message ?? `the gateway answered ${response.status}`;
    const read = trendsResponseSchema.safeParse(body);
    return read.success ? pastOf(read.data) : `the trends could not be read: ${read.error.issues[0]!.message}`;
  } catch {
    return 'the gateway could not be reached';
  }
}
