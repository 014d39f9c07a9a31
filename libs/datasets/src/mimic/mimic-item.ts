import type { ObservationSource, SignalId } from '#clinical';

/** What a row can mean besides a signal of the catalogue. */
export type ItemMeaning =
  SignalId | 'gcs-eye' | 'gcs-verbal' | 'gcs-motor' | 'height' | 'admission-weight' | 'tidal-volume' | 'specimen';

/** How an item of MIMIC becomes an observation. */
export interface MimicItem {
  readonly id: number;
  readonly means: ItemMeaning;
  readonly source: ObservationSource;
  /** UCUM. Of a charted item always; of a laboratory item where the row does not say one. */
  readonly unit: string;
  /** Signal whose delay it has where the row does not say when it was stored, if not its own. */
  readonly delayOf?: SignalId;
}

/** Several items with one meaning. */
export function items(
  means: ItemMeaning,
  source: ObservationSource,
  unit: string,
  ids: readonly number[],
  delayOf?: SignalId,
): readonly MimicItem[] {
  return ids.map((id) => ({ id, means, source, unit, ...(delayOf === undefined ? {} : { delayOf }) }));
}
