/** What a cell of the table layout may hold. */
export type ColumnKind = 'text' | 'number' | 'time' | readonly string[];

/** A column of the table layout. */
export interface TableColumn {
  readonly kind: ColumnKind;
  /** It must be there; a column that need not be may also be empty in some rows. */
  readonly required?: true;
}

const SCORE: TableColumn = { kind: 'number' };

/** Columns of `stays`: one row a stay. Beside them `ended_hours` or `ended_at` must be there. */
export const STAY_COLUMNS = {
  stay_id: { kind: 'text', required: true },
  patient_id: { kind: 'text', required: true },
  site: { kind: 'text' },
  ward: { kind: 'text' },
  bed: { kind: 'text' },
  age_years: { kind: 'number' },
  sex: { kind: ['female', 'male'] },
  ethnicity: { kind: ['asian', 'black', 'hispanic', 'white', 'other'] },
  height_cm: { kind: 'number' },
  weight_kg: { kind: 'number' },
  unit_type: { kind: ['coronary', 'cardiac-surgery', 'medical', 'surgical', 'mixed', 'neuro'] },
  outcome: { kind: ['died', 'survived'] },
  admitted_at: { kind: 'time' },
  ended_at: { kind: 'time' },
  ended_hours: { kind: 'number' },
  saps_i: SCORE,
  sofa: SCORE,
  apache_iva: SCORE,
  survival_days: { kind: 'number' },
  length_of_stay_days: { kind: 'number' },
} as const satisfies Record<string, TableColumn>;

/** Columns of `observations`: one row a value. Beside them `effective_hours` or `effective_at` must be there. */
export const OBSERVATION_COLUMNS = ['stay_id', 'signal', 'value'] as const;

/** Pairs of a column of hours since admission and one of moments, of which the first that is there is read. */
export const TIME_COLUMNS = {
  ended: ['ended_hours', 'ended_at'],
  effective: ['effective_hours', 'effective_at'],
  available: ['available_hours', 'available_at'],
} as const;
