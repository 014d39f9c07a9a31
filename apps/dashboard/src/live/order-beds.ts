import type { LiveBed } from '#wire';
import { news2Total } from '../words/news2-words.js';
import { stateWords } from '../words/state-words.js';

/** By what the ward is sorted. */
export const BED_ORDERS = ['risk', 'news2', 'bed'] as const;

/** One of {@link BED_ORDERS}. */
export type BedOrder = (typeof BED_ORDERS)[number];

const byName = new Intl.Collator('en', { numeric: true });

/**
 * Stays in the order of the ward. By risk or NEWS2 the highest comes first, then the beds that have none, then the stays that ended; equal
 * ones by ward and bed, so that the order does not flicker.
 */
export function orderBeds(beds: Iterable<LiveBed>, order: BedOrder, filter: string): string[] {
  const terms = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = [...beds].filter((bed) => matches(bed, terms));
  return shown.sort((a, b) => compare(a, b, order)).map((bed) => bed.stayId);
}

/** Says whether every term stands in what names the bed or in its state's words. */
function matches(bed: LiveBed, terms: readonly string[]): boolean {
  if (terms.length === 0) return true;
  const text = `${bed.site} ${bed.ward} ${bed.bed} ${bed.stayId} ${stateWords(bed)}`.toLowerCase();
  return terms.every((term) => text.includes(term));
}

function compare(a: LiveBed, b: LiveBed, order: BedOrder): number {
  if (order === 'bed') return comparePlaces(a, b);
  const over = Number(a.technicalState === 'ended') - Number(b.technicalState === 'ended');
  if (over !== 0) return over;
  const risk = (b.risk?.median ?? -1) - (a.risk?.median ?? -1);
  const news2 = news2Rank(b) - news2Rank(a);
  return (order === 'risk' ? risk || news2 : news2 || risk) || comparePlaces(a, b);
}

/** A NEWS2 without a single part ranks as none. */
function news2Rank({ news2 }: LiveBed): number {
  return news2 && news2Total(news2.total, news2.missing) !== '–' ? news2.total : -1;
}

function comparePlaces(a: LiveBed, b: LiveBed): number {
  return (
    byName.compare(a.site, b.site) ||
    byName.compare(a.ward, b.ward) ||
    byName.compare(a.bed, b.bed) ||
    byName.compare(a.stayId, b.stayId)
  );
}
