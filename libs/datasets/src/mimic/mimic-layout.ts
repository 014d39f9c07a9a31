/** A table of a layout: the folder below the data set's, its name and the columns that are read. */
export interface LayoutTable {
  readonly folder: string;
  readonly table: string;
  readonly columns: readonly string[];
  /** What is missing without it; absent means that it must be there. */
  readonly without?: string;
}

/** What tells the two MIMIC databases apart. */
export interface MimicLayout {
  readonly id: 'mimic-iii' | 'mimic-iv';
  /** Which files these are, for the sentence that says that a column is missing. */
  readonly take: string;
  /** Column of the stay's number. */
  readonly stayKey: 'icustay_id' | 'stay_id';
  /** Age at admission to the unit in whole years, SQL over i (stays), p (patients); `intime` a timestamp. */
  readonly ageSql: string;
  /** First of these columns of admissions that is there. */
  readonly ethnicityColumns: readonly string[];
  readonly hasErrorFlag: boolean;
  readonly hasLabStoreTime: boolean;
  readonly tables: Readonly<Record<MimicTable, LayoutTable>>;
}

/** The tables that are read. */
export type MimicTable = 'stays' | 'patients' | 'admissions' | 'chart' | 'labs' | 'outputs' | 'procedures';

const CHART = ['charttime', 'storetime', 'itemid', 'valuenum'];
const LABS = ['subject_id', 'charttime', 'itemid', 'value', 'valuenum', 'valueuom'];
const PROCEDURES = ['itemid', 'starttime', 'endtime', 'statusdescription'];
const ADMISSIONS = ['hadm_id', 'deathtime', 'hospital_expire_flag'];
const STAYS = ['subject_id', 'hadm_id', 'first_careunit', 'intime', 'outtime'];
const NO_URINE = 'no urine output';
const NO_PROCEDURES = 'mechanical ventilation is known from charted tidal volumes alone';

/** MIMIC-III 1.4: one folder, upper-case names, `ICUSTAYS.csv.gz` and so on. */
export const MIMIC_III: MimicLayout = {
  id: 'mimic-iii',
  take: 'the file of MIMIC-III 1.4',
  stayKey: 'icustay_id',
  // The birth of people over 89 was moved to 300 years before their first admission.
  ageSql: "floor(date_diff('day', TRY_CAST(p.dob AS TIMESTAMP), TRY_CAST(i.intime AS TIMESTAMP)) / 365.2425)",
  ethnicityColumns: ['ethnicity'],
  hasErrorFlag: true,
  hasLabStoreTime: false,
  tables: {
    stays: { folder: '', table: 'ICUSTAYS', columns: ['icustay_id', ...STAYS] },
    patients: { folder: '', table: 'PATIENTS', columns: ['subject_id', 'gender', 'dob'] },
    admissions: { folder: '', table: 'ADMISSIONS', columns: [...ADMISSIONS, 'ethnicity'] },
    chart: { folder: '', table: 'CHARTEVENTS', columns: ['icustay_id', ...CHART, 'error'] },
    labs: { folder: '', table: 'LABEVENTS', columns: LABS },
    outputs: {
      folder: '',
      table: 'OUTPUTEVENTS',
      columns: ['icustay_id', 'charttime', 'storetime', 'itemid', 'value'],
      without: NO_URINE,
    },
    procedures: {
      folder: '',
      table: 'PROCEDUREEVENTS_MV',
      columns: ['icustay_id', ...PROCEDURES],
      without: NO_PROCEDURES,
    },
  },
};

/** MIMIC-IV (2.0 and later): `icu/icustays.csv.gz`, `hosp/admissions.csv.gz` and so on. */
export const MIMIC_IV: MimicLayout = {
  id: 'mimic-iv',
  take: 'the file of MIMIC-IV 2.0 or later',
  stayKey: 'stay_id',
  ageSql:
    'TRY_CAST(p.anchor_age AS DOUBLE) + year(TRY_CAST(i.intime AS TIMESTAMP)) - TRY_CAST(p.anchor_year AS DOUBLE)',
  ethnicityColumns: ['race', 'ethnicity'],
  hasErrorFlag: false,
  hasLabStoreTime: true,
  tables: {
    stays: { folder: 'icu', table: 'icustays', columns: ['stay_id', ...STAYS] },
    patients: { folder: 'hosp', table: 'patients', columns: ['subject_id', 'gender', 'anchor_age', 'anchor_year'] },
    admissions: { folder: 'hosp', table: 'admissions', columns: ADMISSIONS },
    chart: { folder: 'icu', table: 'chartevents', columns: ['stay_id', ...CHART] },
    labs: { folder: 'hosp', table: 'labevents', columns: [...LABS, 'storetime'] },
    outputs: {
      folder: 'icu',
      table: 'outputevents',
      columns: ['stay_id', 'charttime', 'storetime', 'itemid', 'value'],
      without: NO_URINE,
    },
    procedures: {
      folder: 'icu',
      table: 'procedureevents',
      columns: ['stay_id', ...PROCEDURES],
      without: NO_PROCEDURES,
    },
  },
};
