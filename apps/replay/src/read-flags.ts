import { InvalidArgumentError } from 'commander';

/** A data set by name, and the folder where the user keeps it. */
export interface DatasetFlag {
  readonly name: string;
  readonly path: string;
}

/** Reads `name=path`. */
export function readDatasetFlag(text: string): DatasetFlag {
  const [, name, path] = /^([a-z0-9-]+)=(.+)$/.exec(text) ?? [];
  if (name !== undefined && path !== undefined) return { name, path };
  throw new InvalidArgumentError('Expected name=path, such as challenge-2012=/data/challenge-2012.');
}

/** Reads a speed: a number of simulated seconds a second, or `max`, which is Infinity. */
export function readSpeedFlag(text: string): number {
  if (text === 'max') return Infinity;
  const speed = Number(text);
  if (text.trim() !== '' && speed > 0 && speed <= 1_000_000) return speed;
  throw new InvalidArgumentError('Expected a number above 0 and up to 1000000, or max.');
}

/** Reads a whole number within bounds. */
export function readCountFlag(min: number, max: number): (text: string) => number {
  return (text) => {
    const count = Number(text);
    if (text.trim() !== '' && Number.isInteger(count) && count >= min && count <= max) return count;
    throw new InvalidArgumentError(`Expected a whole number from ${min} to ${max}.`);
  };
}

/** Reads a moment such as 2026-03-01T08:00:00Z into epoch milliseconds. */
export function readMomentFlag(text: string): number {
  const hasZone = /T.*(Z|[+-]\d\d:\d\d)$/.test(text);
  const atMs = hasZone ? Date.parse(text) : Number.NaN;
  if (Number.isInteger(atMs)) return atMs;
  throw new InvalidArgumentError('Expected a moment with its time zone, such as 2026-03-01T08:00:00Z.');
}

/** Reads `host:port`, several separated by commas. */
export function readBrokersFlag(text: string): readonly string[] {
  const brokers = text.split(',');
  if (brokers.every((broker) => /^[^\s:,]+:\d{1,5}$/.test(broker))) return brokers;
  throw new InvalidArgumentError('Expected host:port, several separated by commas.');
}
