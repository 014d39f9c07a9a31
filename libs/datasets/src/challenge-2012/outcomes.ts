import { readFile } from 'node:fs/promises';
import type { StayOutcome } from '#clinical';
import { DatasetError } from '../dataset-error.js';

/** Outcomes by record id; empty when there is no such file, since a set can be had without its outcomes. */
export async function readOutcomes(path: string): Promise<ReadonlyMap<string, StayOutcome>> {
  try {
    return parseOutcomes(await readFile(path, 'utf8'), path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw error;
  }
}

/** Reads `In-hospital_death` (0 or 1) by `RecordID`; anything else in that column leaves the outcome unknown. */
export function parseOutcomes(text: string, path: string): ReadonlyMap<string, StayOutcome> {
  const [header = '', ...lines] = text.split('\n');
  const columns = header.trim().split(',');
  const idColumn = columns.indexOf('RecordID');
  const deathColumn = columns.indexOf('In-hospital_death');
  if (idColumn < 0 || deathColumn < 0) {
    throw new DatasetError(
      `${path} has the columns "${header.trim().slice(0, 80)}"; expected RecordID and In-hospital_death. ` +
        'Take the outcomes file of PhysioNet/CinC Challenge 2012 v1.0.0.',
    );
  }
  const outcomes = new Map<string, StayOutcome>();
  for (const line of lines) {
    const cells = line.trim().split(',');
    const death = cells[deathColumn];
    if (death === '0' || death === '1') outcomes.set(cells[idColumn] ?? '', death === '1' ? 'died' : 'survived');
  }
  return outcomes;
}
