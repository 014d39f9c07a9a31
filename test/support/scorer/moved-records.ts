import type { OutgoingRecord } from '#stream';

/** The records as if they had happened at another time and to other stays: every `…AtMs` moved, every stay renamed. */
export function movedRecords(records: readonly OutgoingRecord[], byMs: number, prefix: string): OutgoingRecord[] {
  return records.map((record) => {
    const data = JSON.parse(Buffer.from(record.value!).toString()) as Record<string, unknown>;
    const moved = Object.entries(data).map(([name, value]) => {
      if (name === 'stayId') return [name, `${prefix}${String(value)}`];
      return [name, name.endsWith('AtMs') ? Number(value) + byMs : value];
    });
    return {
      ...record,
      key: `${prefix}${record.key}`,
      timestampMs: record.timestampMs + byMs,
      value: Buffer.from(JSON.stringify(Object.fromEntries(moved))),
    };
  });
}
