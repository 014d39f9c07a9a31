import type { SignalId } from '#clinical';
import { partOf, readDataset, type CohortId, type RecordedStay } from '#datasets';
import { seededRandom } from '#evaluation';
import { WINDOW_HOURS } from '#windows';
import { createHash } from 'node:crypto';
import type { WindowLabel, WindowStore } from './recorded-window.js';
import { drawWindowEnds } from './window-ends.js';
import { windowsOfStay } from './windows-of-stay.js';

/** A data set and where it lies. */
export interface DatasetPath {
  readonly id: CohortId;
  readonly path: string;
  /** Parts of the data set, such as `set-a`. @default all that are there */
  readonly parts?: readonly string[];
}

/** What to cut out of the data sets. */
export interface CollectOptions {
  readonly datasets: readonly DatasetPath[];
  readonly signals: readonly SignalId[];
  /** Windows of each stay that end at random hours, besides those at the reported hours. */
  readonly randomEnds: number;
  readonly seed: number;
  /** Stays to read of each data set at most, for trials. */
  readonly maxStays?: number;
  readonly onStay?: (read: number) => void;
}

/**
 * Reads the data sets and cuts the windows of every training and validation stay.
 *
 * Stays of the test part are passed over unread; stays without an outcome or with less than four recorded hours have no window.
 *
 * @throws DatasetError when a path is missing or foreign
 */
export async function collectWindows(options: CollectOptions): Promise<WindowStore> {
  const labels: WindowLabel[] = [];
  const chunks: Float32Array[] = [];
  let read = 0;
  for (const dataset of options.datasets) {
    let taken = 0;
    for await (const recorded of readDataset(dataset)) {
      options.onStay?.(++read);
      const part = partOf(recorded.patientId);
      if (part === 'test' || recorded.outcome === undefined) continue;
      if (taken++ >= (options.maxStays ?? Infinity)) break;
      addStay(recorded, part, options, labels, chunks);
    }
  }
  const size = options.signals.length * WINDOW_HOURS;
  const values = new Float32Array(labels.length * size);
  chunks.forEach((chunk, index) => values.set(chunk, index * size));
  return { signals: options.signals, hours: WINDOW_HOURS, labels, values };
}

function addStay(
  recorded: RecordedStay,
  part: WindowLabel['part'],
  { signals, randomEnds, seed }: CollectOptions,
  labels: WindowLabel[],
  chunks: Float32Array[],
): void {
  const { stay, datasetId, patientId, observations } = recorded;
  const endedAtMs = recorded.endedAtMs ?? observations.at(-1)?.availableAtMs ?? stay.admittedAtMs;
  const ends = drawWindowEnds(endedAtMs - stay.admittedAtMs, randomEnds, randomOfStay(seed, stay.stayId));
  windowsOfStay(recorded, signals, ends).forEach(({ values, mask }, index) => {
    labels.push({
      datasetId,
      stayId: stay.stayId,
      patientId,
      part,
      hoursSinceAdmission: ends[index]!,
      died: recorded.outcome === 'died',
      static: stay.static,
    });
    chunks.push(values.map((value, entry) => (mask[entry] === 1 ? value : Number.NaN)));
  });
}

/** Numbers that belong to the stay: they do not depend on which other stays are read. */
function randomOfStay(seed: number, stayId: string): () => number {
  return seededRandom(createHash('sha256').update(`${seed}|window ends|${stayId}`).digest().readUInt32LE(0));
}
