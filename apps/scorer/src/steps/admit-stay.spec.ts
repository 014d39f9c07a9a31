import { describe, expect, it } from '@jest/globals';
import { stayAdmittedSchema } from '#wire';
import { ADMITTED_AT_MS, admission, end, logged } from '../../../../test/support/scorer/bedside-records.js';
import { PartitionStays } from '../stays/partition-stays.js';
import { admitStay } from './admit-stay.js';
import { endStay } from './end-stay.js';

function admit(stays: PartitionStays, record = admission('a'), hasRoom = true) {
  const data = stayAdmittedSchema.parse(JSON.parse(Buffer.from(record.value!).toString()));
  return admitStay(stays, data, logged([record])[0]!, hasRoom);
}

describe('admitStay', () => {
  it('begins a stay once', () => {
    const stays = new PartitionStays(0);
    expect(admit(stays)).toMatchObject({ value: { outcome: 'applied' } });
    expect(admit(stays)).toMatchObject({ value: { outcome: 'duplicate' } });
    expect(stays.size).toBe(1);
  });

  it('does not go back to what was known when the first admission comes again after a change', () => {
    const stays = new PartitionStays(0);
    admit(stays);
    admit(stays, { ...admission('a', { bed: 'b2' }), timestampMs: ADMITTED_AT_MS + 1 });
    expect(admit(stays)).toMatchObject({ value: { outcome: 'outranked' } });
    expect(stays.live.get('a')!.stay.bed).toBe('b2');
  });

  it('replaces what was known when the stay is admitted again', () => {
    const stays = new PartitionStays(0);
    admit(stays);
    expect(admit(stays, admission('a', { bed: 'b2', static: { weightKg: 80 } }))).toMatchObject({
      value: { outcome: 'applied' },
    });
    expect(stays.live.get('a')!.stay).toMatchObject({ bed: 'b2', static: { weightKg: 80 } });
  });

  it('refuses another admission time, an ended stay, and one more than it may hold', () => {
    const stays = new PartitionStays(0);
    admit(stays);
    expect(admit(stays, admission('a', { admittedAtMs: 5 }))).toMatchObject({ outcome: 'malformed' });
    expect(admit(stays, admission('c'), false)).toMatchObject({ outcome: 'over-capacity' });
    endStay(stays, { stayId: 'a', endedAtMs: 9 }, logged([end('a')])[0]!);
    expect(admit(stays)).toMatchObject({ outcome: 'stay-ended' });
    expect(stays.live.size).toBe(0);
  });
});
