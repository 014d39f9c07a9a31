import { pairedBootstrap, type Estimate, type MortalityFigure, type PairedDifference } from '#evaluation';
import type { ReleaseManifest } from '#model';
import type { Column, Entry } from '#reporting';
import { digestOfJson } from '../cells/cell-store.js';
import type { EvaluationData } from '../data/collect-data.js';
import { bundleNotes } from '../data/seen-notes.js';
import { selectSignals } from '../data/select-signals.js';
import { shareMissing } from '../mortality/subgroups.js';
import type { Session } from '../session.js';
import { subsampleNotes } from '../tables/subsample-notes.js';
import { FILLINGS, SERVED, type FilledRisk, type Filling } from './filling-methods.js';
import { widthsByThirds } from './interval-widths.js';

/** Risks of the windows that end at one hour, under every filling. */
export interface FilledHour {
  readonly hour: number;
  /** Of the store's windows. */
  readonly indices: readonly number[];
  /** [window] each; `low` and `high` are the ends of the served interval. */
  readonly risks: Readonly<Record<FilledRisk, readonly number[]>>;
}

const COLUMNS: readonly Column[] = [
  { name: 'hour' },
  { name: 'gaps filled with' },
  { name: 'windows', digits: 0 },
  { name: 'deaths', digits: 0 },
  { name: 'AUROC', interval: true },
  { name: 'AUPRC', interval: true },
  { name: 'Brier', digits: 4, interval: true },
  { name: 'AUROC minus served', digits: 4, interval: true },
  { name: 'AUPRC minus served', digits: 4, interval: true },
  { name: 'Brier minus served', digits: 5, interval: true },
  { name: 'mean distance to served risk', digits: 4 },
];

const WIDTH_COLUMNS: readonly Column[] = [
  { name: 'hour' },
  { name: 'third' },
  { name: 'windows', digits: 0 },
  { name: 'missing % from', digits: 1 },
  { name: 'missing % to', digits: 1 },
  { name: 'mean risk' },
  { name: 'mean width', digits: 4, interval: true },
  { name: 'mean width, log odds', interval: true },
];

const THIRDS = ['fullest', 'middle', 'emptiest'] as const;

/** Writes the tables of one data set: discrimination by filling, and the width of the served interval by the share that is missing. */
export async function writeFillings(
  session: Session,
  manifest: ReleaseManifest,
  data: EvaluationData,
  hours: readonly FilledHour[],
): Promise<void> {
  const rows: Entry[][] = [];
  for (const filled of hours)
    for (const filling of FILLINGS) rows.push(await fillingRow(session, data, filled, filling));
  const notes = [...bundleNotes(data, manifest, session.options.split), ...subsampleNotes(session.options)];
  await session.writeTable({
    id: `fillings-${data.id}`,
    title: `Risk by what fills the gaps: ${manifest.releaseId} on ${data.id}`,
    columns: COLUMNS,
    rows,
    notes: [...fillingNotes(manifest), ...notes],
    provenance: session.provenance(data),
  });
  await session.writeTable({
    id: `risk-widths-${data.id}`,
    title: `Width of the risk interval by what is missing: ${manifest.releaseId} on ${data.id}`,
    columns: WIDTH_COLUMNS,
    rows: hours.flatMap((filled) => widthRows(session, manifest, data, filled)),
    notes: [
      'Width: 95 % minus 5 % quantile of the risks of all samples, as served; thirds of the windows by the share of their entries (signals x hours) that were not measured. What is missing is not missing at random: where emptier windows have another mean risk, their intervals of probabilities are wider or narrower for that reason alone, so compare the widths between log odds.',
      ...notes,
    ],
    provenance: session.provenance(data),
  });
}

async function fillingRow(
  session: Session,
  data: EvaluationData,
  filled: FilledHour,
  filling: Filling,
): Promise<Entry[]> {
  const { hour, indices, risks } = filled;
  const deaths = indices.filter((index) => data.store.labels[index]!.died).length;
  const own = risks[filling.id];
  const served = risks[SERVED.id];
  const figures = await compareCell(session, data, filled, filling);
  const value = (name: MortalityFigure): Estimate => figures[name].second;
  const isServed = filling.id === SERVED.id;
  const difference = (name: MortalityFigure): Entry => (isServed ? undefined : figures[name].difference);
  const distance = own.reduce((sum, risk, row) => sum + Math.abs(risk - served[row]!), 0) / own.length;
  return [
    ...[`${hour} h`, filling.title, indices.length, deaths],
    ...[value('auroc'), value('auprc'), value('brier')],
    ...[difference('auroc'), difference('auprc'), difference('brier')],
    isServed ? undefined : distance,
  ];
}

async function compareCell(
  session: Session,
  { id, store }: EvaluationData,
  { hour, indices, risks }: FilledHour,
  filling: Filling,
): Promise<Record<MortalityFigure, PairedDifference>> {
  const { seed, resamples } = session.options;
  const labels = indices.map((index) => store.labels[index]!);
  const outcomes = {
    patients: labels.map(({ patientId }) => patientId),
    labels: labels.map(({ died }) => Number(died)),
    first: risks[SERVED.id],
    second: risks[filling.id],
  };
  const { value } = await session.cells.cell(
    {
      kind: 'compare',
      name: `${filling.id}, ${id} at ${hour} h`,
      decides: { outcomes: digestOfJson(outcomes), seed, resamples },
    },
    async () => ({ value: pairedBootstrap(outcomes, { seed, resamples }) }),
  );
  return value;
}

function widthRows(session: Session, manifest: ReleaseManifest, data: EvaluationData, filled: FilledHour): Entry[][] {
  const { seed, resamples } = session.options;
  const { hour, indices, risks } = filled;
  const store = selectSignals(data.store, manifest.signals);
  const thirds = widthsByThirds(
    {
      patients: indices.map((index) => store.labels[index]!.patientId),
      missing: indices.map((index) => shareMissing(store, index)),
      risks: risks[SERVED.id],
      low: risks.low,
      high: risks.high,
    },
    seed,
    resamples,
  );
  return thirds.map(({ windows, missing: [from, to], meanRisk, width, logOddsWidth }, third) => [
    ...[`${hour} h`, THIRDS[third], windows, 100 * from, 100 * to, meanRisk],
    ...[width, logOddsWidth],
  ]);
}

function fillingNotes({ releaseId, sampler }: ReleaseManifest): string[] {
  return [
    `Nothing is fitted: the risk network and the calibration of ${releaseId} are the same in every row, and so are mask, hours since observed, statistics and static, which it reads beside the values. Only the values in the gaps differ. The network was trained on windows that the imputer had filled, so other fillings are strangers to it: a row says what this network makes of them, not what a network trained on them would.`,
    `Training mean: 0 on the bundle's scale. LOCF and linear fall back on it where a signal has nothing to go by. One sample: the first of the ${sampler.samples} (${sampler.steps} steps). Served: the median of the risks of all of them, equal to the score that the form mortality measures.`,
    'Intervals: 95 %, bootstrap over patients; differences are paired, both rows in the same resamples. Distance: mean absolute difference of the risk to the served one.',
  ];
}
