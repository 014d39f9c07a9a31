import type { Alert } from '#wire';

/** De-duplication key of a transition: the alert and its sequence. */
export function deliveryIdOf(alert: Pick<Alert, 'alertId' | 'sequence'>): string {
  return `${alert.alertId}-${alert.sequence}`;
}
