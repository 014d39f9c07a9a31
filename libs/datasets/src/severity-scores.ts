/**
 * Severity scores that data sets bring along: SAPS-I and SOFA in points, APACHE IVa as its predicted probability of death in hospital
 * (0 to 1).
 */
export const SEVERITY_SCORES = ['saps-i', 'sofa', 'apache-iva'] as const;

/** One of {@link SEVERITY_SCORES}. */
export type SeverityScore = (typeof SEVERITY_SCORES)[number];
