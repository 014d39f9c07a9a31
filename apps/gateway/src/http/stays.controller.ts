import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { DAY_MS } from '#clinical';
import { HistoryError, HistoryStore } from '#history';
import { ServiceLogger } from '#service';
import { LIVE_DISCLAIMER, type LiveStay, type StayResponse, type TrendsResponse } from '#wire';
import { GatewayView } from '../gateway-view.js';
import { bedSummary, stayJson } from '../ward/bed-summary.js';
import { ProblemException } from './problem.js';
import { readTrendQuery } from './trend-query.js';
import { readTrends } from './read-trends.js';

/** Points of one series in an answer. */
const MAX_POINTS = 600;
/** Reads of the history at one time; more are told to come again. */
const MAX_READS = 8;

/** `GET /api/stays/:stayId` and `GET /api/stays/:stayId/trends`. */
@Controller('api/stays')
export class StaysController {
  private reads = 0;

  constructor(
    @Inject(GatewayView) private readonly view: GatewayView,
    @Inject(HistoryStore) private readonly history: HistoryStore,
    @Inject(ServiceLogger) private readonly logger: ServiceLogger,
  ) {}

  @Get(':stayId')
  stay(@Param('stayId') stayId: string): StayResponse {
    const stay = this.view.ward.stay(stayId);
    if (stay === undefined)
      throw new ProblemException('not-found', 'the stay is not known, or was removed some time after its end');
    const clockMs = this.view.clockMs();
    const age = (atMs: number | undefined) =>
      atMs === undefined || clockMs === undefined ? undefined : clockMs - atMs;
    const observationMs = age(stay.newestObservationAtMs);
    const scoreMs = age(stay.score?.dueAtMs);
    return {
      disclaimer: LIVE_DISCLAIMER,
      ...(clockMs === undefined ? {} : { clockMs }),
      bed: bedSummary(stay),
      stay: JSON.parse(stayJson(stay)) as LiveStay,
      ages: {
        ...(observationMs === undefined ? {} : { observationMs }),
        ...(scoreMs === undefined ? {} : { scoreMs }),
      },
    };
  }

  /** Without `from` and `to`: from the admission, at most seven days back, up to the log's clock. */
  @Get(':stayId/trends')
  async trends(@Param('stayId') stayId: string, @Query() given: Record<string, unknown>): Promise<TrendsResponse> {
    if (stayId.length > 64) throw new ProblemException('bad-request', 'a stay has at most 64 characters');
    const clockMs = this.view.clockMs() ?? 0;
    const toMs = clockMs + 1;
    const fromMs = Math.max(this.view.ward.stay(stayId)?.admittedAtMs ?? -Infinity, toMs - 7 * DAY_MS);
    const query = readTrendQuery(given, { fromMs: Math.min(fromMs, toMs - 1), toMs });
    if (typeof query === 'string') throw new ProblemException('bad-request', query);
    if (this.reads >= MAX_READS)
      throw new ProblemException('too-busy', `${MAX_READS} reads of the history are under way; ask again`);
    this.reads += 1;
    try {
      return await readTrends(this.history, stayId, query, MAX_POINTS);
    } catch (error) {
      if (!(error instanceof HistoryError)) throw error;
      this.logger.warn('the history could not be read', { error: error.message });
      throw new ProblemException(
        'history-unavailable',
        'the history cannot be read now; live figures are not affected',
      );
    } finally {
      this.reads -= 1;
    }
  }
}
