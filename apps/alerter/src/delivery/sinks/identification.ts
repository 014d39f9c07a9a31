import type { Alert } from '#wire';

/**
 * What a sink tells of whose alert it is. Nobody is named in any case: Vigil knows stays and beds, not people. But whoever is inside the hospital finds the person by
 * either, so a sink outside it gets neither.
 *
 * - `none`: site and ward, and the alert's id, under which the dashboard shows the rest;
 * - `bed`: the bed too;
 * - `stay`: the bed and the stay's pseudonym.
 */
export const IDENTIFICATIONS = ['none', 'bed', 'stay'] as const;

/** One of {@link IDENTIFICATIONS}. */
export type Identification = (typeof IDENTIFICATIONS)[number];

/** The fields of an alert that tell whose it is, as far as they may go out; who acted and what they said stays inside with `none`. */
export function identified(
  alert: Alert,
  identify: Identification,
): Partial<Pick<Alert, 'bed' | 'stayId' | 'by' | 'why'>> {
  if (identify === 'none') return {};
  const { bed, by, why, stayId } = alert;
  return {
    bed,
    ...(by === undefined ? {} : { by }),
    ...(why === undefined ? {} : { why }),
    ...(identify === 'stay' ? { stayId } : {}),
  };
}

/** What may go out whatever is told of whose alert it is. */
export function impersonal(alert: Alert): Partial<Alert> {
  return { ...alert, stayId: undefined, bed: undefined, by: undefined, why: undefined };
}
