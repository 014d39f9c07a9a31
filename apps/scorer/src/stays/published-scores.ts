import type { RiskScore } from '#wire';
import { dueKeyOf } from '../steps/score-id.js';

/**
 * Scores that stood on the log when a partition was assigned, so that reading again does not compute them again. A due time counts as done
 * whichever release scored it, but one that was refused for want of a model only for that release.
 *
 * Of several windows of one due time the one that was due last is shown and kept. So where one of them does not stand (it was superseded, or refused by
 * a release that is gone), those of its due time that do are forgotten: they are scored again behind it, with the same bytes.
 */
export class PublishedScores {
  /** By stay and due time. */
  private readonly ids = new Map<string, Set<string>>();
  private count = 0;

  /** Scores remembered. */
  get size(): number {
    return this.count;
  }

  add(scoreId: string, { stayId, dueAtMs, refusedBecause }: RiskScore): void {
    const moment = momentOf(stayId, dueAtMs);
    const ids = this.ids.get(moment) ?? new Set();
    this.ids.set(moment, ids);
    this.count -= ids.size;
    ids.add(refusedBecause === 'model-unavailable' ? scoreId : dueKeyOf(scoreId));
    this.count += ids.size;
  }

  /** Whether the score of a due window stands, which is then forgotten. To be asked in the order in which windows were due. */
  take(stayId: string, dueAtMs: number, scoreId: string): boolean {
    const moment = momentOf(stayId, dueAtMs);
    const ids = this.ids.get(moment);
    if (!ids) return false;
    this.count -= ids.size;
    const stands = ids.delete(dueKeyOf(scoreId)) || ids.delete(scoreId);
    if (!stands || ids.size === 0) this.ids.delete(moment);
    else this.count += ids.size;
    return stands;
  }
}

function momentOf(stayId: string, dueAtMs: number): string {
  return `${stayId}|${dueAtMs}`;
}
