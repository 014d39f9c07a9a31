import { signalDefinition } from '#clinical';
import type { RecordedStay } from '../recorded-stay.js';
import type { RecordingLine } from './recording-lines.js';

/** A stay as the text of a recording (NDJSON): admission, observations by availability, end. The stay must be admitted at 0. */
export function formatRecording(recorded: RecordedStay): string {
  const { stay, datasetId, patientId, observations, endedAtMs, outcome } = recorded;
  if (stay.admittedAtMs !== 0)
    throw new RangeError(`a recording's times count from admission; got ${stay.admittedAtMs}`);
  const { stayId, site, ward, bed } = stay;
  const lines: RecordingLine[] = [
    { event: 'stay-admitted', stayId, datasetId, patientId, site, ward, bed, static: stay.static },
  ];
  for (const { signal, value, effectiveAtMs, availableAtMs, source } of observations) {
    const { unit } = signalDefinition(signal);
    const delayed = availableAtMs === effectiveAtMs ? {} : { availableAtMs };
    lines.push({ event: 'observation', signal, value, unit, effectiveAtMs, ...delayed, source });
  }
  const lastAtMs = observations.at(-1)?.availableAtMs ?? 0;
  lines.push({ event: 'stay-ended', endedAtMs: endedAtMs ?? lastAtMs, ...(outcome === undefined ? {} : { outcome }) });
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
