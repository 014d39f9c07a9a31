import { bootstrapIntervals, logOdds, type Estimate } from '#evaluation';
import type { ReleaseManifest, RiskScorer } from '#model';
import type { WindowStore } from '#training';
import type { Column, Entry } from '#reporting';
import { engineKey } from '../cells/engine-key.js';
import type { EvaluationData } from '../data/collect-data.js';
import { digestOfWindows } from '../data/digest-of-windows.js';
import { bundleNotes } from '../data/seen-notes.js';
import { noiseKeyOf } from '../mortality/score-with-bundle.js';
import type { Session } from '../session.js';
import { subsampleNotes } from '../tables/subsample-notes.js';
import { HIDDEN_SHARES, hideAndAssess, type HiddenIntervals, type HiddenShare } from './hide-and-assess.js';

/** Windows of an hour whose interval is asked for five times. */
const MOST_WINDOWS = 300;

const COLUMNS: readonly Column[] = [
  { name: 'hour' },
  { name: 'hidden % of points', digits: 0 },
  { name: 'windows', digits: 0 },
  { name: 'mean width', digits: 4, interval: true },
  { name: 'mean width, log odds', interval: true },
  { name: 'log odds, minus nothing hidden', interval: true },
];

/** Windows that end at one hour, as {@link hiddenWidthRows} reads them. */
export interface WindowsOfHour {
  readonly data: EvaluationData;
  /** With the bundle's signals. */
  readonly store: WindowStore;
  readonly hour: number;
  readonly indices: readonly number[];
}

/** Rows of one hour: how wide the risk interval of the same windows is, the more of them is hidden. */
export async function hiddenWidthRows(
  session: Session,
  scorer: RiskScorer,
  { data, store, hour, indices }: WindowsOfHour,
): Promise<Entry[][]> {
  const { releaseId, files, calibration, sampler } = scorer.manifest;
  const { seed, resamples } = session.options;
  const chosen = indices.slice(0, MOST_WINDOWS);
  const { arrays } = await session.cells.cell(
    {
      kind: 'hide',
      name: `${releaseId}, ${data.id} at ${hour} h`,
      decides: {
        bundle: { files, calibration, sampler },
        windows: digestOfWindows(store, chosen),
        seed,
        ...engineKey(scorer.engine.name),
      },
    },
    async () => {
      const keys = chosen.map((index) => noiseKeyOf(store.labels[index]!, seed));
      return { value: {}, arrays: { ...(await hideAndAssess(scorer, store, chosen, keys, seed)) } };
    },
  );
  const patients = chosen.map((index) => store.labels[index]!.patientId);
  const intervals = arrays as HiddenIntervals;
  return HIDDEN_SHARES.map((share) => {
    const { width, logOddsWidth, difference } = widthsOf(intervals, share, patients, { seed, resamples });
    return [`${hour} h`, Number(share), chosen.length, width, logOddsWidth, share === '0' ? undefined : difference];
  });
}

/** Writes the table of one data set. */
export async function writeHiddenWidths(
  session: Session,
  manifest: ReleaseManifest,
  data: EvaluationData,
  rows: readonly Entry[][],
): Promise<void> {
  await session.writeTable({
    id: `risk-widths-hidden-${data.id}`,
    title: `Width of the risk interval when more is hidden: ${manifest.releaseId} on ${data.id}`,
    columns: COLUMNS,
    rows,
    notes: [
      `The same windows in every row, the first ${MOST_WINDOWS} of an hour: measured points are hidden from the imputer and from all that the risk networks read, and the window is imputed and assessed anew with the same noise. Width: 95 % minus 5 % quantile of the risks of all samples and networks, as served. Intervals: 95 %, bootstrap over patients; differences within the same windows.`,
      ...bundleNotes(data, manifest, session.options.split),
      ...subsampleNotes(session.options),
    ],
    provenance: session.provenance(data),
  });
}

function widthsOf(
  intervals: HiddenIntervals,
  share: HiddenShare,
  patients: readonly (string | number)[],
  options: { readonly seed: number; readonly resamples: number },
): Record<'width' | 'logOddsWidth' | 'difference', Estimate> {
  const [low, high] = [intervals[`low-${share}`], intervals[`high-${share}`]];
  const logOddsWidths = widths(intervals, share);
  const whole = widths(intervals, '0');
  const mean = (rows: readonly number[], of: (row: number) => number): number =>
    rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
  return bootstrapIntervals(
    patients,
    (rows) => ({
      width: mean(rows, (row) => high[row]! - low[row]!),
      logOddsWidth: mean(rows, (row) => logOddsWidths[row]!),
      difference: mean(rows, (row) => logOddsWidths[row]! - whole[row]!),
    }),
    options,
  );
}

function widths(intervals: HiddenIntervals, share: HiddenShare): number[] {
  const high = intervals[`high-${share}`];
  return Array.from(intervals[`low-${share}`], (low, row) => logOdds(high[row]!) - logOdds(low));
}
