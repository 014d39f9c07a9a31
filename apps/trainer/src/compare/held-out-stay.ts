/** Squared errors of imputed entries that were measured and hidden, on the champion's scale. */
export interface PairedErrors {
  readonly entries: number;
  readonly champion: number;
  readonly candidate: number;
}

/** A held-out stay with what both releases say of it. */
export interface HeldOutStay {
  /** Number of the stay in this comparison; it leads to nobody. */
  readonly number: number;
  readonly site: string;
  readonly ageYears?: number;
  readonly sex?: 'female' | 'male';
  readonly died: boolean;
  /** Hours from admission to the stay's end. */
  readonly endHours: number;
  /** Hours since admission of its scores, ascending. */
  readonly hours: readonly number[];
  /** [score] */
  readonly champion: readonly number[];
  /** [score] */
  readonly candidate: readonly number[];
  /** Of one window a stay; absent where the releases read other signals, so that nothing can be set side by side. */
  readonly errors?: { readonly points: PairedErrors; readonly hours: PairedErrors };
}
