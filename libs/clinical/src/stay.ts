/** What is known of a person at admission. A field that is absent is unknown. Nothing here identifies anyone. */
export interface StayStatic {
  readonly ageYears?: number;
  readonly sex?: 'female' | 'male';
  readonly ethnicity?: 'asian' | 'black' | 'hispanic' | 'white' | 'other';
  readonly heightCm?: number;
  readonly weightKg?: number;
  readonly unitType?: 'coronary' | 'cardiac-surgery' | 'medical' | 'surgical' | 'mixed' | 'neuro';
}

/** One ICU stay: where it is, since when, and what is known at admission. */
export interface Stay {
  /** Pseudonym of the stay, unique within all sites. */
  readonly stayId: string;
  readonly site: string;
  readonly ward: string;
  readonly bed: string;
  /** Epoch milliseconds; hourly bins count from here. */
  readonly admittedAtMs: number;
  readonly static: StayStatic;
}

/** How a stay ended. */
export type StayOutcome = 'died' | 'survived';
