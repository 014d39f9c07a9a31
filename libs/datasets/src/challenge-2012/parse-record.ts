import { HOUR_MS, MINUTE_MS, type StayStatic } from '#clinical';
import { numericDescriptor } from '../descriptors.js';
import { hasSeries, ObservationCollector } from '../observation-collector.js';
import type { ReadReport } from '../read-report.js';
import type { RecordedStay } from '../recorded-stay.js';
import type { ResultDelay } from '../result-delay.js';
import { PARAMETERS } from './parameters.js';

/** The recordings end here; the stays themselves went on. */
const RECORDING_MS = 48 * HOUR_MS;

const DESCRIPTORS: ReadonlySet<string> = new Set(['RecordID', 'Age', 'Gender', 'Height', 'ICUType', 'Weight']);
const UNIT_TYPES: Readonly<Record<string, StayStatic['unitType']>> = {
  '1': 'coronary',
  '2': 'cardiac-surgery',
  '3': 'medical',
  '4': 'surgical',
};
const TIME = /^(\d{1,3}):([0-5]\d)$/;

/** What a record's parsing needs besides its text. */
export interface RecordContext {
  /** Record id, from the file's name. */
  readonly recordId: string;
  /** Such as `set-a`. */
  readonly set: string;
  readonly delay: ResultDelay;
  readonly report: ReadReport;
}

/** A stay without its outcome, or undefined (counted) when the record has no series. */
export function parseRecord(text: string, context: RecordContext): RecordedStay | undefined {
  const { recordId, report } = context;
  const stayId = `c2012-${recordId}`;
  const collector = new ObservationCollector(stayId, RECORDING_MS, context.delay, report);
  const descriptors = new Map<string, string>();
  for (const line of text.split('\n')) addLine(line.trim(), descriptors, collector, report);
  const observations = collector.finish();
  if (!hasSeries(observations)) {
    report.skipStay('no-series');
    return undefined;
  }
  return {
    stay: {
      stayId,
      site: 'challenge-2012',
      ward: context.set,
      bed: recordId,
      admittedAtMs: 0,
      static: staticOf(descriptors, report),
    },
    datasetId: 'challenge-2012',
    patientId: `challenge-2012/${recordId}`,
    observations,
    endedAtMs: RECORDING_MS,
  };
}

function addLine(
  line: string,
  descriptors: Map<string, string>,
  collector: ObservationCollector,
  report: ReadReport,
): void {
  if (line === '' || line === 'Time,Parameter,Value') return;
  const [time, name, text, ...more] = line.split(',');
  const clock = TIME.exec(time ?? '');
  if (clock === null || name === undefined || text === undefined || more.length > 0) {
    return report.skipValue('malformed-row');
  }
  if (name === '') return report.skipValue('empty-parameter-name');
  const atMs = Number(clock[1]) * HOUR_MS + Number(clock[2]) * MINUTE_MS;
  if (DESCRIPTORS.has(name)) {
    const isFirst = !descriptors.has(name) && (name !== 'Weight' || atMs === 0);
    if (isFirst) descriptors.set(name, text);
    // The weight is a descriptor and a series: its first row is both, unless it is unknown, which the descriptor counts.
    if (name !== 'Weight' || (isFirst && isUnknown(text))) return;
  }
  addValue(name, text, atMs, collector, report);
}

function addValue(name: string, text: string, atMs: number, collector: ObservationCollector, report: ReadReport): void {
  const mapping = Object.hasOwn(PARAMETERS, name) ? PARAMETERS[name] : undefined;
  if (mapping === undefined) return report.skipValue('unknown-parameter', name);
  if (text.trim() === '' || !Number.isFinite(Number(text))) return report.skipValue('malformed-row', name);
  if (isUnknown(text)) return report.skipValue('unknown-value', mapping.signal);
  const { signal, source, unit, derived } = mapping;
  const value = Number(text);
  collector.add({ signal, value, source, effectiveAtMs: atMs, ...(unit === undefined ? {} : { unit }) });
  if (derived === undefined) return;
  collector.add({
    signal: derived.signal,
    value: value * derived.factor,
    source: 'derived',
    effectiveAtMs: atMs,
    delayOf: signal,
  });
}

function isUnknown(text: string): boolean {
  return Number(text) === -1;
}

/** What is known at admission; -1 and impossible numbers are unknown, and counted. */
export function staticOf(descriptors: ReadonlyMap<string, string>, report: ReadReport): StayStatic {
  return {
    ...numericDescriptor('ageYears', descriptors.get('Age'), report),
    ...numericDescriptor('heightCm', descriptors.get('Height'), report),
    ...numericDescriptor('weightKg', descriptors.get('Weight'), report),
    ...sexOf(descriptors.get('Gender'), report),
    ...unitTypeOf(descriptors.get('ICUType'), report),
  };
}

function sexOf(text: string | undefined, report: ReadReport): Pick<StayStatic, 'sex'> {
  if (text === '0') return { sex: 'female' };
  if (text === '1') return { sex: 'male' };
  report.skipValue('unknown-value', 'sex');
  return {};
}

function unitTypeOf(text: string | undefined, report: ReadReport): Pick<StayStatic, 'unitType'> {
  const unitType = UNIT_TYPES[text ?? ''];
  if (unitType !== undefined) return { unitType };
  report.skipValue('unknown-value', 'unit-type');
  return {};
}
