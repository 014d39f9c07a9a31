import { ALERT_SEVERITIES, type Alert } from '#wire';

/** Which alerts a sink is told of. What is not named does not restrict. */
export interface SinkFilter {
  readonly kinds?: readonly Alert['kind'][] | undefined;
  readonly sites?: readonly string[] | undefined;
  readonly wards?: readonly string[] | undefined;
  readonly rules?: readonly string[] | undefined;
  /** @default 'warning' */
  readonly minSeverity?: Alert['severity'] | undefined;
  /** Tell the sink only of what was passed on so many times because nobody acknowledged it. @default 0 */
  readonly minEscalationLevel?: number | undefined;
  /** Tell the sink of pending alerts too, which by themselves are to alert nobody. @default false */
  readonly pending?: boolean | undefined;
}

/**
 * Whether a filter lets an alert pass. Severity and escalation are asked of firing alerts only: the end of an alert always passes, for an alert whose severity has
 * fallen since must end too. An alert that never fired ends unheard.
 */
export function passesFilter(alert: Alert, filter: SinkFilter): boolean {
  const { kinds, sites, wards, rules, minSeverity = 'warning', minEscalationLevel = 0, pending = false } = filter;
  if (!includes(kinds, alert.kind) || !includes(sites, alert.site)) return false;
  if (!includes(wards, alert.ward) || !includes(rules, alert.rule)) return false;
  if (alert.firedAtMs === undefined) return pending;
  if (alert.state !== 'firing') return alert.state !== 'pending' || pending;
  const severe = ALERT_SEVERITIES.indexOf(alert.severity) >= ALERT_SEVERITIES.indexOf(minSeverity);
  return severe && alert.escalationLevel >= minEscalationLevel;
}

function includes<T>(wanted: readonly T[] | undefined, value: T): boolean {
  return wanted === undefined || wanted.includes(value);
}
