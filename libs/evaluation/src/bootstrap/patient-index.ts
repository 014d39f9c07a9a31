/** Patients of a table, numbered from 0 in the order of their first row. */
export interface PatientIndex {
  /** Number of patients. */
  readonly patients: number;
  /** [row] number of the row's patient. */
  readonly ofRow: Int32Array;
}

/** Numbers the patients of a table's rows; `patients` holds any value that identifies one within the table. */
export function indexPatients(patients: readonly (string | number)[]): PatientIndex {
  const numbers = new Map<string | number, number>();
  const ofRow = Int32Array.from(patients, (patient) => {
    const known = numbers.get(patient);
    if (known !== undefined) return known;
    numbers.set(patient, numbers.size);
    return numbers.size - 1;
  });
  return { patients: numbers.size, ofRow };
}
