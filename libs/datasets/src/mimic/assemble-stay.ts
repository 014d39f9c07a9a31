import { DAY_MS, isPlausible, type SignalId, type StayStatic } from '#clinical';
import { numericDescriptor } from '../descriptors.js';
import type { Cell } from '../duckdb/stay-rows.js';
import { unitOf } from '../file-units.js';
import type { ObservationCollector } from '../observation-collector.js';
import type { ReadReport } from '../read-report.js';
import type { MimicItem } from './mimic-item.js';
import { ITEMS } from './stage-events.js';

/** A row of the staged events. Times are milliseconds since admission. */
interface EventRow {
  readonly item: MimicItem;
  readonly effectiveAtMs: number;
  readonly storedAtMs: number | undefined;
  readonly value: number;
  readonly unit: string;
}

/** Signals of a blood gas that mean something else in venous blood. */
const ARTERIAL_ONLY: ReadonlySet<string> = new Set<SignalId>(['pao2', 'paco2', 'arterial-ph', 'sao2']);
const VENOUS = /^(ven|mix|central)/i;
const GCS_PARTS = ['gcs-eye', 'gcs-verbal', 'gcs-motor'] as const;
const CM_PER_INCH = 2.54;
const KG_PER_POUND = 0.45359237;

/** Adds a stay's events to the collector. @returns height and weight at admission, the first charted on the first day */
export function addEvents(
  rows: readonly (readonly Cell[])[],
  collector: ObservationCollector,
  report: ReadReport,
): Pick<StayStatic, 'heightCm' | 'weightKg'> {
  const venousAt = venousTimes(rows);
  const gcs = new Map<number, EventRow[]>();
  const urine = new Map<number, EventRow>();
  let height: EventRow | undefined;
  let weight: EventRow | undefined;
  for (const row of rows.map(eventOf)) {
    const { means } = row.item;
    if (means === 'specimen') continue;
    if (means === 'height') height = earlier(height, row);
    else if (means === 'gcs-eye' || means === 'gcs-verbal' || means === 'gcs-motor') {
      gcs.set(row.effectiveAtMs, [...(gcs.get(row.effectiveAtMs) ?? []), row]);
    } else if (ARTERIAL_ONLY.has(means) && venousAt.has(row.effectiveAtMs)) report.skipValue('venous-specimen', means);
    else if (means === 'tidal-volume') {
      if (row.value > 0) addAs('mechanical-ventilation', { ...row, value: 1, unit: '{0or1}' }, collector);
    } else if (means === 'admission-weight') {
      weight = earlier(weight, row);
      addAs('weight', row, collector);
    } else if (means === 'urine-output' && isPlausible(means, row.value)) {
      urine.set(row.effectiveAtMs, addedUp(urine.get(row.effectiveAtMs), row));
    } else addAs(means, row, collector);
  }
  for (const sum of urine.values()) addAs('urine-output', sum, collector);
  for (const parts of gcs.values()) addGcs(parts, collector, report);
  return admissionSize(height, weight, report);
}

function eventOf([, item, effective, stored, value, unit]: readonly Cell[]): EventRow {
  const found = ITEMS[item as number]!;
  return {
    item: found,
    effectiveAtMs: effective as number,
    storedAtMs: (stored as number | null) ?? undefined,
    value: (value as number | null) ?? Number.NaN,
    unit: unitOf(unit as string | null, found.unit),
  };
}

function venousTimes(rows: readonly (readonly Cell[])[]): ReadonlySet<number> {
  const times = new Set<number>();
  for (const [, item, effective, , , , text] of rows) {
    const isSpecimen = ITEMS[item as number]!.means === 'specimen';
    if (isSpecimen && VENOUS.test((text as string | null) ?? '')) times.add(effective as number);
  }
  return times;
}

function addAs(signal: SignalId, row: EventRow, collector: ObservationCollector): void {
  const { item, value, effectiveAtMs, storedAtMs } = row;
  // FiO2 is charted as per cent and as a fraction.
  const unit = signal === 'fio2' && value <= 1 ? '1' : row.unit;
  collector.add({
    signal,
    value,
    unit,
    source: item.source,
    effectiveAtMs,
    ...(storedAtMs === undefined ? {} : { availableAtMs: storedAtMs }),
    ...(item.delayOf === undefined ? {} : { delayOf: item.delayOf }),
  });
}

/** Urine of a catheter and a nephrostomy that was charted for one moment: a window keeps one value of a moment, so it must be the whole. */
function addedUp(before: EventRow | undefined, row: EventRow): EventRow {
  if (before === undefined) return row;
  const stored = [before, row].flatMap(({ storedAtMs }) => storedAtMs ?? []);
  return {
    ...before,
    value: before.value + row.value,
    storedAtMs: stored.length === 0 ? undefined : Math.max(...stored),
  };
}

/** The sum of the three parts that were charted together; an intubated person's verbal part counts 1. */
function addGcs(parts: readonly EventRow[], collector: ObservationCollector, report: ReadReport): void {
  const found = GCS_PARTS.map((name) => parts.filter(({ item }) => item.means === name).reduce(laterStored, undefined));
  const complete = found.filter((part) => part !== undefined);
  if (complete.length < GCS_PARTS.length) {
    return report.skipValue('incomplete-score', 'glasgow-coma-scale', parts.length);
  }
  const value = complete.reduce((sum, part) => sum + part.value, 0);
  const stored = complete.map(({ storedAtMs }) => storedAtMs ?? Number.NEGATIVE_INFINITY);
  const storedAtMs = Math.max(...stored);
  addAs(
    'glasgow-coma-scale',
    { ...complete[0]!, value, storedAtMs: Number.isFinite(storedAtMs) ? storedAtMs : undefined },
    collector,
  );
}

/** Of two that were charted for one moment, the one stored later, and of equals the greater, so that the order of rows is nothing. */
function laterStored(before: EventRow | undefined, row: EventRow): EventRow {
  if (before === undefined) return row;
  const byTime = (row.storedAtMs ?? 0) - (before.storedAtMs ?? 0);
  return byTime > 0 || (byTime === 0 && row.value > before.value) ? row : before;
}

/** What is charted later than the first day is not taken for what was known at admission. */
function earlier(before: EventRow | undefined, row: EventRow): EventRow | undefined {
  if (row.effectiveAtMs > DAY_MS) return before;
  if (before === undefined) return row;
  const byTime = row.effectiveAtMs - before.effectiveAtMs;
  return byTime < 0 || (byTime === 0 && row.value < before.value) ? row : before;
}

function admissionSize(
  height: EventRow | undefined,
  weight: EventRow | undefined,
  report: ReadReport,
): Pick<StayStatic, 'heightCm' | 'weightKg'> {
  const cm = height === undefined ? undefined : height.value * (height.unit === '[in_i]' ? CM_PER_INCH : 1);
  const kg = weight === undefined ? undefined : weight.value * (weight.unit === '[lb_av]' ? KG_PER_POUND : 1);
  const text = (value: number | undefined): string | undefined => value?.toFixed(1);
  return {
    ...numericDescriptor('heightCm', text(cm), report),
    ...numericDescriptor('weightKg', text(kg), report),
  };
}
