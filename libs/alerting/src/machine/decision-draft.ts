import type { AlertPolicy, Rule, RuleSet } from '../policy/alert-policy.js';
import { rulesFor } from '../policy/rules-for.js';
import type { AlertRecord } from './alert-record.js';
import { withoutAbsent } from './without-absent.js';
import type { Place, RuleState, StayAlerts } from './stay-alerts.js';

/** A decision in the making: a private copy of the stay, and what has come of it so far. */
export class DecisionDraft {
  readonly transitions: AlertRecord[] = [];
  private found: { readonly place: Place; readonly rules: RuleSet } | undefined;

  constructor(
    readonly policy: AlertPolicy,
    public stay: StayAlerts,
  ) {}

  /** The rules where the stay is, the most urgent first; none while that is not known. */
  get rules(): RuleSet {
    const { place } = this.stay;
    if (!place) return [];
    if (this.found?.place !== place) this.found = { place, rules: rulesFor(this.policy, place.site, place.ward) };
    return this.found.rules;
  }

  /** Changes the stay; what is undefined is taken out. */
  set(changes: Partial<StayAlerts>): void {
    this.stay = withoutAbsent({ ...this.stay, ...changes });
  }

  /** What a rule remembers. */
  of(rule: string): RuleState {
    return this.stay.rules[rule] ?? {};
  }

  setRule(rule: string, changes: Partial<RuleState>): void {
    this.set({ rules: { ...this.stay.rules, [rule]: withoutAbsent({ ...this.of(rule), ...changes }) } });
  }

  /** Where the stay is; only asked for once that is known. */
  get place(): Place {
    const { place } = this.stay;
    if (!place) throw new Error(`stay ${this.stay.stayId} has no place; expected an admission or a score first`);
    return place;
  }

  /** Whether an open alert of a more urgent rule keeps this one quiet. */
  isInhibited(rule: Rule): boolean {
    return this.rules.some((other) => {
      if (!other.inhibits?.includes(rule.name)) return false;
      const { alert } = this.of(other.name);
      return alert !== undefined && alert.state !== 'pending';
    });
  }
}
