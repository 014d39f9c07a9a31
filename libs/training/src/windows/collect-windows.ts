import { DAY_MS, HOUR_MS, type SignalId } from '#clinical';
import { partOf, readDataset, type FolderDataset, type RecordedStay, type SplitPart } from '#datasets';
import { seededRandom } from '#evaluation';
import { WINDOW_HOURS } from '#windows';
import { createHash } from 'node:crypto';
import type { WindowLabel, WindowStore } from './recorded-window.js';
import { drawWindowEnds, REPORTED_END_HOURS } from './window-ends.js';
import { windowsOfStay } from './windows-of-stay.js';

/** A data set and where it lies. */
export interface DatasetPath {
  readonly id: FolderDataset['id'];
  readonly path: string;
  /** Parts of the data set itself, such as `set-c`; each window's label then names its part. @default all that are there, unnamed */
  readonly parts?: readonly string[];
}

/** What a training may look at. */
const TRAINING_PARTS: readonly SplitPart[] = ['train', 'validation'];

/** What to cut out of the data sets. */
export interface CollectOptions {
  readonly datasets: readonly DatasetPath[];
  readonly signals: readonly SignalId[];
  /** Windows of each stay that end at random hours, besides those at the reported hours. */
  readonly randomEnds: number;
  readonly seed: number;
  /** Parts of the split whose stays are cut; `test` is for an evaluation only. @default train and validation */
  readonly parts?: readonly SplitPart[];
  /** Whether stays without a known outcome are cut, too: for an imputer they are as good as others. @default false */
  readonly withoutOutcome?: boolean;
  /** Hours since admission at which a window of every stay ends, as far as it was recorded. @default 24 and 48 */
  readonly endHours?: readonly number[];
  /** Passes over stays that ended at this moment or later, or of which no end is known, epoch milliseconds; for data that keep their dates. */
  readonly endedBeforeMs?: number;
  /** Stays to read of each data set at most, for trials. */
  readonly maxStays?: number;
  readonly onStay?: (read: number) => void;
}

/**
 * Reads the data sets and cuts the windows of every stay of the wanted parts.
 *
 * Stays of other parts are passed over unread, which is the test part unless it is asked for; stays without an outcome (unless these are
 * asked for) or with less than four recorded hours have no window.
 *
 * @throws DatasetError when a path is missing or foreign
 */
export async function collectWindows(options: CollectOptions): Promise<WindowStore> {
  const windows: CutWindows = { labels: [], chunks: [], read: 0 };
  for (const { id, path, parts } of options.datasets) {
    let left = options.maxStays ?? Infinity;
    if (parts === undefined) await cutStays({ id, path }, options, left, windows);
    else for (const part of parts) left -= await cutStays({ id, path, parts: [part] }, options, left, windows);
  }
  const { labels, chunks } = windows;
  const size = options.signals.length * WINDOW_HOURS;
  const values = new Float32Array(labels.length * size);
  chunks.forEach((chunk, index) => values.set(chunk, index * size));
  return { signals: options.signals, hours: WINDOW_HOURS, labels, values };
}

interface CutWindows {
  readonly labels: WindowLabel[];
  readonly chunks: Float32Array[];
  read: number;
}

/** Cuts the stays of one reading. @returns how many were taken */
async function cutStays(
  dataset: FolderDataset,
  options: CollectOptions,
  most: number,
  windows: CutWindows,
): Promise<number> {
  const { parts = TRAINING_PARTS } = options;
  let taken = 0;
  if (most <= 0) return taken;
  for await (const recorded of readDataset(dataset)) {
    options.onStay?.(++windows.read);
    const part = partOf(recorded.patientId);
    if (!parts.includes(part) || (recorded.outcome === undefined && options.withoutOutcome !== true)) continue;
    if (endedTooLate(recorded, options)) continue;
    addStay(recorded, { part, datasetPart: dataset.parts?.[0] }, options, windows);
    if (++taken >= most) break;
  }
  return taken;
}

function endedTooLate({ endedAtMs = Infinity }: RecordedStay, { endedBeforeMs }: CollectOptions): boolean {
  return endedBeforeMs !== undefined && endedAtMs >= endedBeforeMs;
}

function addStay(
  recorded: RecordedStay,
  { part, datasetPart }: { part: SplitPart; datasetPart: string | undefined },
  { signals, randomEnds, seed, endHours = REPORTED_END_HOURS }: CollectOptions,
  { labels, chunks }: CutWindows,
): void {
  const { stay, datasetId, patientId, observations, severityScores } = recorded;
  const endedAtMs = recorded.endedAtMs ?? observations.at(-1)?.availableAtMs ?? stay.admittedAtMs;
  const random = randomOfStay(seed, stay.stayId);
  const ends = drawWindowEnds(endedAtMs - stay.admittedAtMs, randomEnds, random, endHours);
  windowsOfStay(recorded, signals, ends).forEach(({ values, mask }, index) => {
    labels.push({
      datasetId,
      stayId: stay.stayId,
      patientId,
      part,
      hoursSinceAdmission: ends[index]!,
      died: recorded.outcome === 'died',
      ...(recorded.outcome === undefined ? { outcomeUnknown: true } : {}),
      static: stay.static,
      endHours: endOf(recorded, endedAtMs),
      ...(datasetPart === undefined ? {} : { datasetPart }),
      ...(severityScores === undefined ? {} : { severityScores }),
    });
    chunks.push(values.map((value, entry) => (mask[entry] === 1 ? value : Number.NaN)));
  });
}

/** Death, where its day is known, else the end of the stay. Days are whole, so a death may seem to come before values of the same day. */
function endOf({ stay, outcome, survivalDays }: RecordedStay, endedAtMs: number): number {
  const endHours = (endedAtMs - stay.admittedAtMs) / HOUR_MS;
  if (outcome !== 'died' || survivalDays === undefined) return endHours;
  return Math.max(endHours, (survivalDays * DAY_MS) / HOUR_MS);
}

/** Numbers that belong to the stay: they do not depend on which other stays are read. */
function randomOfStay(seed: number, stayId: string): () => number {
  return seededRandom(createHash('sha256').update(`${seed}|window ends|${stayId}`).digest().readUInt32LE(0));
}
