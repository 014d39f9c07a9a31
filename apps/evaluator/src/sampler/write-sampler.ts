import type { ReleaseManifest } from '#model';
import { type Column, type Entry, lineChart, type LineChart } from '#reporting';
import { measuredWindows } from '../data/measured-windows.js';
import { bundleNotes } from '../data/seen-notes.js';
import { digestOfHidden } from '../imputation/hidden-digest.js';
import { hidingTitle, type HidingName } from '../imputation/hidings.js';
import type { ImputationTask, ImputedCell } from '../imputation/impute-cell.js';
import type { Session } from '../session.js';
import { subsampleNotes } from '../tables/subsample-notes.js';
import { samplerName, type SamplerChoice } from './sampler-choice.js';

/** Samplers of a bundle as they were measured. */
export interface SampledDataset {
  readonly manifest: ReleaseManifest;
  readonly engine: string;
  /** In the order of rows; the first is what the others are held against. */
  readonly choices: readonly SamplerChoice[];
  readonly cells: readonly ImputedCell[];
}

/** CRPS that counts as no worse than the first sampler's. */
const RATIO_KEPT = 1.02;

const COLUMNS: readonly Column[] = [
  { name: 'hidden' },
  { name: 'steps x samples' },
  { name: 'served' },
  { name: 'entries', digits: 0 },
  { name: 'RMSE' },
  { name: 'MAE' },
  { name: 'RMSE of samples' },
  { name: 'MAE of samples' },
  { name: 'CRPS', digits: 4 },
  { name: 'CRPS ratio' },
  { name: 'within 50 %', digits: 1 },
  { name: 'within 90 %', digits: 1 },
  { name: 'ms a window', digits: 2 },
];

/** Writes the table of samplers on one data set, and the picture of CRPS against cost. */
export async function writeSampler(session: Session, task: ImputationTask, found: SampledDataset): Promise<void> {
  const { data, hidings } = task;
  const { releaseId } = found.manifest;
  await session.writeTable({
    id: `sampler-${data.id}`,
    title: `Sampler: steps and samples, ${releaseId} on ${data.id}`,
    columns: COLUMNS,
    rows: hidings.flatMap((hiding) => found.choices.map((choice) => rowOf(found, hiding, choice))),
    notes: notesOf(session, task, found),
    provenance: session.provenance(data, digestOfHidden(task, hidings, session.options.seed)),
  });
  const chart = costChart(task, found);
  if (chart.series.length > 0) await session.writePicture(`sampler-${data.id}`, await lineChart(chart));
}

function rowOf(found: SampledDataset, hiding: HidingName, choice: SamplerChoice): Entry[] {
  const { figures } = cellOf(found, hiding, choice);
  const percent = (share: number | undefined): Entry => (share === undefined ? undefined : 100 * share);
  return [
    hidingTitle(hiding),
    samplerName(choice),
    isServed(found, choice) ? 'served' : '',
    figures.entries,
    figures.rmse,
    figures.mae,
    figures.rmseOfSamples,
    figures.maeOfSamples,
    figures.crps,
    crpsRatio(found, hiding, choice),
    percent(figures.coverage50),
    percent(figures.coverage90),
    figures.msPerWindow,
  ];
}

function costChart({ data, hidings }: ImputationTask, found: SampledDataset): LineChart {
  return {
    title: `CRPS against cost, steps x samples, ${data.id}`,
    x: { title: 'milliseconds a window', logarithmic: true },
    y: { title: 'CRPS, normalised' },
    marked: true,
    series: hidings.flatMap((hiding) => {
      const points = found.choices
        .map((choice) => {
          const { msPerWindow, crps } = cellOf(found, hiding, choice).figures;
          return {
            x: msPerWindow,
            y: crps,
            label: `${samplerName(choice)}${isServed(found, choice) ? ' served' : ''}`,
          };
        })
        .filter(({ x }) => x > 0)
        .sort((a, b) => a.x - b.x);
      return points.length === 0 ? [] : [{ name: hidingTitle(hiding), points }];
    }),
  };
}

function notesOf({ options }: Session, task: ImputationTask, found: SampledDataset): string[] {
  const { data, measured, hidings } = task;
  const { manifest, engine, choices } = found;
  const { releaseId, sampler } = manifest;
  const first = samplerName(choices[0]!);
  const kept = choices.filter((choice) => hidings.every((hiding) => crpsRatio(found, hiding, choice) <= RATIO_KEPT));
  return [
    `Windows end at 24 hours; ${measured.length} of them, the same hidden entries and noise in every row. The factor of residuals (spreadScale) is ${releaseId}'s own in every row, ${sampler.spreadScale}, chosen with ${samplerName(sampler)}: a factor of their own would bring the coverage of other rows closer to its level.`,
    `RMSE and MAE are those of the imputer's center, which is what is served as the median and is no draw: they do not depend on the sampler. Those of samples take the median of the samples instead. CRPS over 19 quantiles as CSDI prints it; its ratio is to ${first} at the same way of hiding. Fewer samples than 19 cannot show the outer quantiles, which their CRPS pays for.`,
    `Within 2 % of the CRPS of ${first} at every way of hiding: ${kept.map(samplerName).join(', ')}.`,
    `Cost: imputing alone, 16 windows at a time on one thread of ${engine}, each row when it was computed; other work on the machine shows in it.`,
    ...bundleNotes({ ...data, store: measuredWindows(task.store, measured, data.store) }, manifest, 'all'),
    ...subsampleNotes(options),
  ];
}

function isServed({ manifest }: SampledDataset, choice: SamplerChoice): boolean {
  return samplerName(choice) === samplerName(manifest.sampler);
}

function crpsRatio(found: SampledDataset, hiding: HidingName, choice: SamplerChoice): number {
  return cellOf(found, hiding, choice).figures.crps / cellOf(found, hiding, found.choices[0]!).figures.crps;
}

function cellOf({ cells }: SampledDataset, hiding: HidingName, choice: SamplerChoice): ImputedCell {
  const name = samplerName(choice);
  const cell = cells.find(({ method, hiding: own }) => method === name && own === hiding);
  if (cell === undefined)
    throw new Error(`no cell of ${name} at ${hiding}: measure every sampler at every hiding first`);
  return cell;
}
