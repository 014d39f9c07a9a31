import { isPlausible, toStoredUnit, type Observation } from '#clinical';
import { DatasetError } from '../dataset-error.js';
import type { RecordedStay } from '../recorded-stay.js';
import { recordingLineSchema, type RecordingLine } from './recording-lines.js';

/**
 * Reads the text of a recording. A recording is made by this project, so what is wrong in it is an error and not skipped.
 *
 * @param name for the error's sentence
 * @throws DatasetError naming the line, what is wrong and what was expected
 */
export function parseRecording(text: string, name: string): RecordedStay {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const parsed = lines.map((line, index) => parseLine(line, `${name} line ${index + 1}`));
  const [first, ...rest] = parsed;
  const last = rest.pop();
  if (first?.event !== 'stay-admitted' || last?.event !== 'stay-ended') {
    throw new DatasetError(`${name}: expected a stay-admitted line first and a stay-ended line last. Build it again.`);
  }
  const observations = rest.map((line, index) => observationOf(line, `${name} line ${index + 2}`));
  const outOfOrder = observations.findIndex(
    ({ availableAtMs }, index) => availableAtMs < (observations[index - 1]?.availableAtMs ?? 0),
  );
  if (outOfOrder >= 0)
    throw new DatasetError(`${name} line ${outOfOrder + 2}: expected lines in the order of availability.`);
  if ((observations.at(-1)?.availableAtMs ?? 0) > last.endedAtMs) {
    throw new DatasetError(`${name}: an observation became available after the end at ${last.endedAtMs} ms.`);
  }
  const { stayId, site, ward, bed, datasetId, patientId } = first;
  return {
    stay: { stayId, site, ward, bed, admittedAtMs: 0, static: withoutUndefined(first.static) },
    datasetId,
    patientId,
    observations,
    endedAtMs: last.endedAtMs,
    ...(last.outcome === undefined ? {} : { outcome: last.outcome }),
  };
}

function parseLine(line: string, where: string): RecordingLine {
  const result = recordingLineSchema.safeParse(parseJson(line, where));
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  throw new DatasetError(`${where}: ${issue.path.join('.') || 'line'}: ${issue.message}.`);
}

function parseJson(line: string, where: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    throw new DatasetError(`${where} is not JSON; expected one JSON object a line.`);
  }
}

function observationOf(line: RecordingLine, where: string): Observation {
  if (line.event !== 'observation') throw new DatasetError(`${where}: expected an observation, got ${line.event}.`);
  const { signal, unit, source, effectiveAtMs } = line;
  const value = toStoredUnit(signal, line.value, unit);
  if (value === undefined) throw new DatasetError(`${where}: unit "${unit}" is not one of ${signal}.`);
  if (!isPlausible(signal, value)) throw new DatasetError(`${where}: ${signal} ${value} is impossible.`);
  const availableAtMs = line.availableAtMs ?? effectiveAtMs;
  if (availableAtMs < effectiveAtMs) throw new DatasetError(`${where}: available before it was measured.`);
  return { signal, value, effectiveAtMs, availableAtMs, source };
}

function withoutUndefined<Fields extends object>(
  fields: Fields,
): { [Name in keyof Fields]: NonNullable<Fields[Name]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}
