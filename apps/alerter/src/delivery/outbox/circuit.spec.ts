import { describe, expect, it } from '@jest/globals';
import { Circuit } from './circuit.js';

const policy = { openCircuitAfter: 3, circuitRestMs: 100, longestPauseMs: 350 };

function failTimes(circuit: Circuit, times: number, atMs: number): void {
  for (let i = 0; i < times; i++) circuit.failed(atMs);
}

describe('the circuit of a sink', () => {
  it('opens after failures in a row, and rests twice as long with each probe that fails', () => {
    const circuit = new Circuit(policy);
    failTimes(circuit, 2, 0);
    expect(circuit.stateAt(0)).toBe('closed');
    circuit.failed(0);
    expect([circuit.stateAt(99), circuit.stateAt(100), circuit.restsUntilMs]).toEqual(['open', 'half-open', 100]);
    circuit.failed(100);
    expect(circuit.restsUntilMs).toBe(300);
    circuit.failed(300);
    expect(circuit.restsUntilMs).toBe(650);
    circuit.failed(650);
    expect(circuit.restsUntilMs).toBe(1_000);
  });

  it('does not rest longer for what was sent before it opened', () => {
    const circuit = new Circuit(policy);
    failTimes(circuit, 3, 0);
    failTimes(circuit, 5, 50);
    expect(circuit.restsUntilMs).toBe(100);
  });

  it('closes with an answer and begins anew', () => {
    const circuit = new Circuit(policy);
    failTimes(circuit, 2, 0);
    circuit.answered();
    failTimes(circuit, 2, 0);
    expect(circuit.stateAt(0)).toBe('closed');
    circuit.failed(0);
    circuit.failed(100);
    circuit.answered();
    expect(circuit.stateAt(100)).toBe('closed');
    failTimes(circuit, 3, 200);
    expect(circuit.restsUntilMs).toBe(300);
  });
});
