import type { Imputer } from '#baselines';
import { isSignalId } from '#clinical';
import { SignalNormaliser, type ReleaseManifest } from '#model';
import type { FittedScales, WindowStore } from '#training';
import { digestOfJson } from '../cells/cell-store.js';
import type { EvaluationData } from '../data/collect-data.js';
import { digestOfWindows } from '../data/digest-of-windows.js';
import { gridOf, withHidden } from '../data/window-grids.js';
import type { Session } from '../session.js';
import { HiddenEntries, type ImputationFigures } from './imputation-figures.js';
import { hideInWindows, hidingTitle, type HidingName } from './hidings.js';

/** What is imputed on one data set. */
export interface ImputationTask {
  readonly data: EvaluationData;
  /** The windows, with the signals that are compared. */
  readonly store: WindowStore;
  readonly scales: FittedScales;
  readonly training: readonly number[];
  readonly validation: readonly number[];
  readonly measured: readonly number[];
  readonly methods: readonly string[];
  readonly hidings: readonly HidingName[];
  readonly bundle: ReleaseManifest | undefined;
  /** That the bundle runs on. */
  readonly engine?: string;
}

/** One cell of the table. */
export interface ImputedCell {
  readonly method: string;
  readonly hiding: HidingName;
  readonly figures: ImputationFigures;
  /** What the method says of each hidden entry, normalised, in the order of windows and entries. */
  readonly imputed: Float32Array;
  /** 5-95 % interval, where the method has samples. */
  readonly low?: Float32Array;
  readonly high?: Float32Array;
}

/** Windows imputed together: bounds the memory of samples. */
const CHUNK_WINDOWS = 128;

/** A method whose cells are computed. */
export interface ImputingMethod {
  /** Row of the tables. */
  readonly method: string;
  /** What of it decides its figures. */
  readonly decides: Readonly<Record<string, unknown>>;
  /** Gives it ready to impute; called only where its cell is missing. */
  readonly ready: () => Promise<Imputer>;
}

/** One cell: what a method says of the entries that are hidden in one way. */
export async function imputeCell(
  session: Session,
  task: ImputationTask,
  { method, decides, ready }: ImputingMethod,
  hiding: HidingName,
): Promise<ImputedCell> {
  const { preset, seed } = session.options;
  const { value, arrays } = await session.cells.cell<ImputationFigures>(
    {
      kind: 'impute',
      name: `${method}, ${task.data.id}, ${hidingTitle(hiding)}`,
      decides: {
        hiding,
        signals: task.store.signals,
        preset,
        scales: digestOfJson(task.scales),
        measured: digestOfWindows(task.store, task.measured),
        seed,
        ...decides,
      },
    },
    async () => imputeHidden(session, task, await ready(), hiding),
  );
  const { imputed, low, high } = arrays;
  return {
    method,
    hiding,
    figures: value,
    imputed: imputed!,
    ...(low === undefined || high === undefined ? {} : { low, high }),
  };
}

async function imputeHidden(
  session: Session,
  { store, scales, measured }: ImputationTask,
  imputer: Imputer,
  hiding: HidingName,
): Promise<{ value: ImputationFigures; arrays: Record<string, Float32Array> }> {
  const { nowMs } = session.context;
  const entries = new HiddenEntries();
  let elapsedMs = 0;
  for (let first = 0; first < measured.length; first += CHUNK_WINDOWS) {
    const chosen = measured.slice(first, first + CHUNK_WINDOWS);
    const whole = gridOf(store, chosen, scales);
    const hidden = hideInWindows(store, chosen, whole.mask, hiding, session.options.seed);
    const startedAtMs = nowMs();
    const found = await imputer.impute(withHidden(whole, hidden));
    elapsedMs += nowMs() - startedAtMs;
    entries.add(whole, hidden, found);
  }
  const { signals } = store;
  const normaliser = signals.every(isSignalId) ? new SignalNormaliser(signals, scales.signals) : undefined;
  return {
    value: { ...entries.figures(normaliser, measured.length, elapsedMs), chosen: imputer.chosen },
    arrays: {
      imputed: Float32Array.from(entries.imputed),
      ...entries.interval,
    },
  };
}

/** The figures of a method on a way of hiding; undefined where its cell was not asked for. */
export function figuresOf(
  cells: readonly ImputedCell[],
  method: string,
  hiding: HidingName,
): ImputationFigures | undefined {
  return cells.find((cell) => cell.method === method && cell.hiding === hiding)?.figures;
}
