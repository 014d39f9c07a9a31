import { HOUR_MS, SIGNAL_IDS, signalDefinition } from '#clinical';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ADMITTED_AT_MS, crowdedObservations } from '../../../test/support/any-observations.js';
import { StayWindow } from './stay-window.js';
import { decodeWindow, encodeWindow, MAX_SNAPSHOT_BYTES, SnapshotError, windowDigest } from './window-snapshot.js';

const LIMIT_BYTES = 24 * 1024;

function fullWindow(): StayWindow {
  const window = new StayWindow(ADMITTED_AT_MS);
  for (const signal of SIGNAL_IDS) {
    const stepMs = signalDefinition(signal).slotMinutes * 60_000;
    for (let atMs = 0; atMs < 24 * HOUR_MS; atMs += stepMs) {
      const effectiveAtMs = ADMITTED_AT_MS + atMs;
      window.merge({ signal, value: atMs / stepMs, effectiveAtMs, availableAtMs: effectiveAtMs, source: 'monitor' });
    }
  }
  return window;
}

describe('window snapshot', () => {
  it('brings back the same window', () => {
    fc.assert(
      fc.property(crowdedObservations(), crowdedObservations(), (before, after) => {
        const window = new StayWindow(ADMITTED_AT_MS);
        for (const observation of before) window.merge(observation);
        const restored = decodeWindow(encodeWindow(window));
        expect(windowDigest(restored)).toBe(windowDigest(window));
        for (const observation of after) expect(restored.merge(observation)).toBe(window.merge(observation));
        expect(windowDigest(restored)).toBe(windowDigest(window));
      }),
    );
  });

  it('stays under 24 KiB with every slot of the catalogue taken, in memory and as bytes', () => {
    const window = fullWindow();
    expect(encodeWindow(window).byteLength).toBe(MAX_SNAPSHOT_BYTES);
    expect(MAX_SNAPSHOT_BYTES).toBeLessThan(LIMIT_BYTES);
    expect(window.byteLength).toBeLessThan(LIMIT_BYTES);
  });

  it('refuses another version, another catalogue and damaged bytes', () => {
    const bytes = encodeWindow(fullWindow());
    const altered = (position: number, value: number): Uint8Array =>
      Uint8Array.from(bytes).fill(value, position, position + 1);
    expect(() => decodeWindow(altered(0, 9))).toThrow('version 9; this build reads version 1');
    expect(() => decodeWindow(altered(24, 7))).toThrow('another signal catalogue');
    expect(() => decodeWindow(bytes.subarray(0, 900))).toThrow('got 900');
    expect(() => decodeWindow(Buffer.concat([bytes, Buffer.alloc(8)]))).toThrow('needs');
    expect(() => decodeWindow(new Uint8Array())).toThrow('at least 24 bytes');
    for (let length = 0; length < 300; length++)
      expect(() => decodeWindow(bytes.subarray(0, length))).toThrow(SnapshotError);
  });
});
