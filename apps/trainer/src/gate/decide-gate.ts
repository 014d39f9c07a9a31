import { BETTER_DIRECTION, type ComparedGroup, type Comparison, type PairedFigure } from './comparison.js';
import type { GatePolicy } from './gate-policy.js';

/** What the gate may decide, worst first. `hold` promotes nothing and says that the stays do not tell, or that a person should look. */
export const GATE_DECISIONS = ['refuse', 'hold', 'promote'] as const;

/** One of {@link GATE_DECISIONS}. */
export type GateVerdict = (typeof GATE_DECISIONS)[number];

/** What one rule of the policy found. */
export interface GateFinding {
  readonly verdict: GateVerdict;
  /** Such as `all stays` or `age 75 to under 85 years`. */
  readonly where: string;
  /** One sentence with the figures. */
  readonly text: string;
}

/** What the gate decided and by what. */
export interface GateDecision {
  readonly policy: string;
  readonly decision: GateVerdict;
  /** Why it is no promotion, or why it is one; a sentence each. */
  readonly reasons: readonly string[];
  /** What every rule found, those that were met included. */
  readonly findings: readonly GateFinding[];
}

/**
 * Decides whether a candidate may take the champion's place. Pure: the same policy and evidence give the same decision, and evidence that is worse in any
 * figure, counts being equal, never gives a better one.
 *
 * Too few held-out stays or deaths: hold, whatever the figures say. Else the worst finding decides.
 */
export function decideGate(policy: GatePolicy, comparison: Comparison): GateDecision {
  const few = tooFew(policy, comparison);
  const findings = few.length > 0 ? few : judge(policy, comparison);
  const decision = GATE_DECISIONS[Math.min(...findings.map(({ verdict }) => GATE_DECISIONS.indexOf(verdict)), 2)]!;
  const telling = findings.filter(({ verdict }) => verdict === decision);
  const reasons =
    decision === 'promote'
      ? [
          `all ${findings.length} rules of ${policy.policy} are met`,
          ...gainsOf(policy, comparison).map(({ text }) => text),
        ]
      : telling.map(({ where, text }) => `${where}: ${text}`);
  return { policy: policy.policy, decision, reasons, findings };
}

function tooFew({ heldOut: { leastStays, leastDeaths } }: GatePolicy, { heldOut }: Comparison): GateFinding[] {
  const finding = (found: number, least: number, what: string): GateFinding[] =>
    found >= least
      ? []
      : [
          {
            verdict: 'hold',
            where: 'all stays',
            text: `${found} held-out ${what}, at least ${least} are needed to tell`,
          },
        ];
  return [...finding(heldOut.stays, leastStays, 'stays'), ...finding(heldOut.deaths, leastDeaths, 'deaths')];
}

function judge(policy: GatePolicy, comparison: Comparison): GateFinding[] {
  const judged = (within: 'all' | 'groups'): ComparedGroup[] =>
    comparison.groups.filter((group) => (within === 'all' ? group.by === 'all' : isJudged(policy, group)));
  const bands = policy.calibration.flatMap((rule) =>
    judged(rule.within).map((group) => judgeBand(rule, group, figureOf(group, rule.figure))),
  );
  const margins = policy.margins.flatMap((rule) =>
    judged(rule.within).map((group) => judgeMargin(rule, group, figureOf(group, rule.figure))),
  );
  const gains = gainsOf(policy, comparison);
  const none: GateFinding = {
    verdict: 'hold',
    where: 'all stays',
    text: `not shown to be better in any of ${policy.gains.map(({ figure }) => figure).join(', ')}: it may be level with the champion`,
  };
  return [...bands, ...margins, ...(policy.gains.length > 0 && gains.length === 0 ? [none] : gains)];
}

/** Whether a group is large enough for the policy's rules about groups. */
export function isJudged({ groups }: GatePolicy, { by, stays, deaths }: ComparedGroup): boolean {
  return by !== 'all' && groups.by.includes(by) && stays >= groups.leastStays && deaths >= groups.leastDeaths;
}

function judgeBand(
  { low, high, figure }: GatePolicy['calibration'][number],
  group: ComparedGroup,
  paired: PairedFigure | undefined,
): GateFinding {
  const where = nameOf(group);
  const { value, low: from, high: to } = paired?.candidate ?? UNDEFINED;
  if (value === null || from === null || to === null) return undefinedFigure(where, figure);
  const text = `${figure} ${shown(value)} (${shown(from)} to ${shown(to)}), its band is ${low} to ${high}`;
  if (value >= low && value <= high) return { verdict: 'promote', where, text };
  if (to < low || from > high) return { verdict: 'refuse', where, text: `${text}: outside, and not by chance` };
  return { verdict: 'hold', where, text: `${text}: outside, though it may be chance` };
}

function judgeMargin(
  rule: GatePolicy['margins'][number],
  group: ComparedGroup,
  paired: PairedFigure | undefined,
): GateFinding {
  const where = nameOf(group);
  const gain = paired === undefined ? undefined : gainOf(paired);
  const scale = rule.relative ? paired?.champion.value : 1;
  if (gain === undefined || scale === undefined || scale === null) return undefinedFigure(where, rule.figure);
  const margin = rule.margin * Math.abs(scale);
  const text = `${rule.figure} ${gain.value < 0 ? 'worse' : 'better'} by ${shown(Math.abs(gain.value))} (gain ${shown(gain.low)} to ${shown(gain.high)}), margin ${shown(margin)}`;
  if (gain.value < -margin && gain.high < 0) return { verdict: 'refuse', where, text };
  if (gain.value < -margin) return { verdict: 'hold', where, text: `${text}: beyond it, though it may be chance` };
  if (rule.unsureBeyond !== undefined && gain.low < -rule.unsureBeyond * Math.abs(scale))
    return { verdict: 'hold', where, text: `${text}: a loss of more than ${rule.unsureBeyond} cannot be ruled out` };
  return { verdict: 'promote', where, text };
}

/** Gains that the policy asks for and that are shown, over all held-out stays. */
function gainsOf(policy: GatePolicy, { groups }: Comparison): GateFinding[] {
  const all = groups.find(({ by }) => by === 'all');
  return policy.gains.flatMap(({ figure, atLeast }): GateFinding[] => {
    const paired = all === undefined ? undefined : figureOf(all, figure);
    const gain = paired === undefined ? undefined : gainOf(paired);
    if (gain === undefined || !(gain.low > atLeast)) return [];
    const text = `${figure} better by ${shown(gain.value)} (${shown(gain.low)} to ${shown(gain.high)})`;
    return [{ verdict: 'promote', where: 'all stays', text }];
  });
}

/** How much better the candidate is, above 0 where it is, whichever way the figure counts. */
function gainOf({ figure, difference }: PairedFigure): { value: number; low: number; high: number } | undefined {
  const { value, low, high } = difference;
  if (value === null || low === null || high === null) return undefined;
  return BETTER_DIRECTION[figure] === -1 ? { value: -value, low: -high, high: -low } : { value, low, high };
}

const UNDEFINED = { value: null, low: null, high: null };

function figureOf({ figures }: ComparedGroup, name: string): PairedFigure | undefined {
  return figures.find(({ figure }) => figure === name);
}

function undefinedFigure(where: string, figure: string): GateFinding {
  return { verdict: 'hold', where, text: `${figure} is not defined on these stays` };
}

function nameOf({ by, group }: ComparedGroup): string {
  return by === 'all' ? 'all stays' : `${by} ${group}`;
}

function shown(value: number): string {
  return Number(value.toPrecision(3)).toString();
}
