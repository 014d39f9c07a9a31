import type { Comparison, NullableEstimate, PairedFigure } from '../gate/comparison.js';
import { isJudged, type GateDecision } from '../gate/decide-gate.js';
import type { GatePolicy } from '../gate/gate-policy.js';
import type { Training } from '../trainings/training.js';
import { escaped, shown, table } from './html.js';
import { lineChart, type ChartLine } from './svg-chart.js';

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:#1c2733}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse;font-size:13px;margin:.5rem 0}
th,td{padding:.2rem .6rem;border-bottom:1px solid #d8dee4;text-align:left;vertical-align:top}td.number{text-align:right;font-variant-numeric:tabular-nums}
.decision{padding:.6rem 1rem;border-left:6px solid #888;background:#f4f6f8}.promote{border-color:#2e7d4f}.hold{border-color:#b7791f}.refuse{border-color:#b3372f}
figure{display:inline-block;width:30rem;max-width:100%;margin:.5rem 1rem .5rem 0}figcaption{font-size:13px;color:#55606c}svg text{font:11px system-ui,sans-serif;fill:#55606c}`;

const SAYS: Readonly<Record<GateDecision['decision'], string>> = {
  promote: 'The candidate may take the champion’s place.',
  hold: 'No promotion: the stays do not tell, or a person should look.',
  refuse: 'No promotion: the candidate is worse.',
};

const COLOURS = { champion: '#6b7785', candidate: '#1f6feb' } as const;

/** The page of a training: what the gate decided, by which rules, and the evidence. Self-contained HTML; it names no stay and no person. */
export function renderReport(
  training: Training,
  comparison: Comparison,
  decided: GateDecision,
  policy: GatePolicy,
): string {
  const { plan, progress } = training;
  const title = `Training ${training.id}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${STYLE}</style></head><body>
<h1>${escaped(title)}: ${escaped(comparison.candidate)} beside ${escaped(comparison.champion)}</h1>
<p>Research software, not a medical device.</p>
<div class="decision ${decided.decision}"><strong>${decided.decision}</strong> by ${escaped(decided.policy)}. ${SAYS[decided.decision]}
<ul>${decided.reasons.map((reason) => `<li>${escaped(reason)}</li>`).join('')}</ul></div>
<h2>The stays</h2>
${table(
  ['', 'stays', 'deaths', 'ended'],
  [
    [
      'learned from',
      plan?.stays.training.stays ?? '–',
      plan?.stays.training.deaths ?? '–',
      `before ${day(plan?.stays.untilMs)}`,
    ],
    [
      'judged by',
      comparison.heldOut.stays,
      comparison.heldOut.deaths,
      `${day(comparison.heldOut.fromMs)} to ${day(comparison.heldOut.toMs)}`,
    ],
  ],
)}
<p>Started ${moment(training.startedAtMs)} by ${escaped(training.trigger)}, from ${training.start === 'champion' ? 'the champion’s weights' : 'scratch'}.</p>
<h2>Champion and candidate, all held-out stays</h2>
${figures(comparison.groups[0]!.figures)}
<p>95 % intervals from ${comparison.resamples} resamples of patients, both releases in the same ones. Alarms at the threshold of each release that catches ${Math.round(100 * policy.heldOut.deathsCaught)} % of these deaths
(${shown(comparison.heldOut.thresholds.champion)} and ${shown(comparison.heldOut.thresholds.candidate)}), twelve hours of silence after each. Imputation errors on the champion’s scale.</p>
${pictures(comparison, progress?.validation ?? [])}
<h2>Site, age, sex</h2>
${groups(comparison, policy)}
<h2>What each rule found</h2>
${table(
  ['finding', 'where', 'figures'],
  decided.findings.map(({ verdict, where, text }) => [verdict === 'promote' ? 'met' : verdict, where, text]),
)}
</body></html>
`;
}

function figures(paired: readonly PairedFigure[]): string {
  return table(
    ['figure', 'champion', 'candidate', 'difference'],
    paired.map(({ figure, champion, candidate, difference }) => [
      figure,
      ...[champion, candidate, difference].map(interval),
    ]),
  );
}

function groups(comparison: Comparison, policy: GatePolicy): string {
  const names = ['auroc', 'brier', 'observedToExpected', 'imputationErrorPoints', 'alarmsPerPatientDay'] as const;
  return table(
    ['by', 'group', 'stays', 'deaths', 'judged', ...names.map((name) => `${name}: candidate, difference`)],
    comparison.groups.slice(1).map((group) => [
      ...[group.by, group.group, group.stays, group.deaths, isJudged(policy, group) ? 'yes' : 'too few'],
      ...names.map((name) => {
        const found = group.figures.find(({ figure }) => figure === name);
        return found === undefined ? '–' : `${shown(found.candidate.value)}, ${interval(found.difference)}`;
      }),
    ]),
  );
}

function pictures({ reliability }: Comparison, validation: readonly (number | null)[]): string {
  const curve = (of: 'champion' | 'candidate'): ChartLine => ({
    ...{ name: of, colour: COLOURS[of] },
    points: reliability[of].map(({ risk, died }) => ({ x: risk, y: died })),
  });
  const highest = Math.max(0, ...[...reliability.champion, ...reliability.candidate].map(({ risk }) => risk));
  const ideal = {
    name: 'as said',
    colour: '#bbb',
    dashed: true,
    points: [
      { x: 0, y: 0 },
      { x: highest, y: highest },
    ],
  };
  const epochs = validation.flatMap((area, at) => (area === null ? [] : [{ x: at + 1, y: area }]));
  return [
    highest === 0
      ? ''
      : lineChart('Share that died by tenths of the risk', 'risk', 'died', [
          ...[ideal, curve('champion'), curve('candidate')],
        ]),
    lineChart('AUROC on validation stays while it learned', 'epoch', 'AUROC', [
      { name: 'candidate', colour: COLOURS.candidate, points: epochs },
    ]),
  ].join('\n');
}

function interval({ value, low, high }: NullableEstimate): string {
  return value === null ? '–' : `${shown(value)} (${shown(low)} to ${shown(high)})`;
}

function day(atMs: number | undefined): string {
  return atMs === undefined ? '–' : new Date(atMs).toISOString().slice(0, 10);
}

function moment(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
