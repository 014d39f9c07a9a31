import { readFile } from 'node:fs/promises';
import type { StayOutcome } from '#clinical';
import { DatasetError } from '../dataset-error.js';
import type { RecordedStay } from '../recorded-stay.js';

/** What an outcomes file says of a record; what is unknown is absent. */
export type RecordOutcome = Pick<RecordedStay, 'outcome' | 'severityScores' | 'survivalDays' | 'lengthOfStayDays'>;

/** Outcomes by record id; empty when there is no such file, since a set can be had without its outcomes. */
export async function readOutcomes(path: string): Promise<ReadonlyMap<string, RecordOutcome>> {
  try {
    return parseOutcomes(await readFile(path, 'utf8'), path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw error;
  }
}

/**
 * Reads `In-hospital_death` (0 or 1) by `RecordID`, and where the columns are there SAPS-I, SOFA, `Length_of_stay` and `Survival`.
 *
 * -1 is unknown in all of them. `Survival` counts days from ICU admission to death whenever it happened; -1 says that no death is
 * recorded. Silva et al. 2012: a death is in hospital when 2 <= survival <= length of stay.
 */
export function parseOutcomes(text: string, path: string): ReadonlyMap<string, RecordOutcome> {
  const [header = '', ...lines] = text.split('\n');
  const columns = header.trim().split(',');
  if (!columns.includes('RecordID') || !columns.includes('In-hospital_death')) {
    throw new DatasetError(
      `${path} has the columns "${header.trim().slice(0, 80)}"; expected RecordID and In-hospital_death. ` +
        'Take the outcomes file of PhysioNet/CinC Challenge 2012 v1.0.0.',
    );
  }
  const outcomes = new Map<string, RecordOutcome>();
  for (const line of lines) {
    const cells = line.trim().split(',');
    const cell = (name: string): string | undefined => cells[columns.indexOf(name)];
    const recordId = cell('RecordID');
    if (recordId !== undefined && recordId !== '') outcomes.set(recordId, outcomeOf(cell));
  }
  return outcomes;
}

function outcomeOf(cell: (name: string) => string | undefined): RecordOutcome {
  const severityScores = { ...known('saps-i', cell('SAPS-I')), ...known('sofa', cell('SOFA')) };
  return {
    ...deathOf(cell('In-hospital_death')),
    ...known('survivalDays', cell('Survival')),
    ...known('lengthOfStayDays', cell('Length_of_stay')),
    ...(Object.keys(severityScores).length === 0 ? {} : { severityScores }),
  };
}

function deathOf(text: string | undefined): { outcome?: StayOutcome } {
  if (text !== '0' && text !== '1') return {};
  return { outcome: text === '1' ? 'died' : 'survived' };
}

/** A number of at least 0 by its name, or nothing. */
function known<Name extends string>(name: Name, text: string | undefined): Partial<Record<Name, number>> {
  const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
  return value >= 0 ? ({ [name]: value } as Record<Name, number>) : {};
}
