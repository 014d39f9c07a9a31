import { HOUR_MS, MINUTE_MS } from '#clinical';
import type { OutgoingRecord } from '#stream';
import { admission, observation } from './bedside-records.js';

/** A quiet ward: monitor values every five minutes, a laboratory panel every six hours with its delay; by log time. */
export function recordedWard(stays: number, hours: number): OutgoingRecord[] {
  const records = Array.from({ length: stays }, (_, index) => stayRecords(`stay-${index}`, index, hours)).flat();
  return records
    .map((record, index) => ({ record, index }))
    .sort((a, b) => a.record.timestampMs - b.record.timestampMs || a.index - b.index)
    .map(({ record }) => record);
}

function stayRecords(stayId: string, seed: number, hours: number): OutgoingRecord[] {
  const records = [admission(stayId)];
  for (let minute = 0; minute < hours * 60; minute += 5) {
    const atMs = minute * MINUTE_MS;
    const wave = (minute + seed * 17) % 40;
    records.push(observation(stayId, atMs, { value: 60 + wave }));
    records.push(observation(stayId, atMs, { signal: 'spo2', value: 90 + (wave % 10), unit: '%' }));
    if (minute % 360 === 0) records.push(...panel(stayId, atMs, wave));
  }
  return records;
}

function panel(stayId: string, drawnMs: number, wave: number): OutgoingRecord[] {
  const { effectiveAtMs } = JSON.parse(Buffer.from(observation(stayId, drawnMs).value!).toString()) as {
    effectiveAtMs: number;
  };
  const more = { source: 'laboratory' as const, availableAtMs: effectiveAtMs + HOUR_MS };
  return [
    observation(stayId, drawnMs, { signal: 'potassium', value: 3 + wave / 20, unit: 'mmol/L', ...more }),
    observation(stayId, drawnMs, { signal: 'sodium', value: 130 + wave / 4, unit: 'mmol/L', ...more }),
    observation(stayId, drawnMs, { signal: 'glucose', value: 80 + wave, unit: 'mg/dL', ...more }),
  ];
}
