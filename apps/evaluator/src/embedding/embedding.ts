import { TensorRuntime } from '#engine';
import { areaUnderRoc, tsne } from '#evaluation';
import { initialWeights, type NetworkWeights } from '#network';
import { scatterChart, type ScatterPanel } from '#reporting';
import { randomOf, WindowEncoder, type TrainingSettings } from '#training';
import type { CellDescription } from '../cells/cell-store.js';
import type { FitTask } from '../mortality/fit-task.js';
import { protocolOf } from '../mortality/write-fitted-tables.js';
import { ourTasks } from '../ours/our-data.js';
import { readWindows } from '../ours/read-windows.js';
import { lossWeightsOf, settingsOf, trainOurs } from '../ours/train-ours.js';
import { UsageError } from '../run-context.js';
import type { Session } from '../session.js';
import { subsampleNotes } from '../tables/subsample-notes.js';

/** Points of a picture at most: more cost hours and hide each other. */
const MAX_POINTS = 1_000;
const PERPLEXITY = 30;

/** The embedding at one epoch. */
interface Snapshot {
  readonly epoch: number;
  /** [point] */
  readonly risks: Float32Array;
  /** [point, embedding] */
  readonly embeddings: Float32Array;
}

/** t-SNE of the risk network's embedding of measured windows as training goes on: before it, and after each epoch asked for. */
export async function embedding(session: Session): Promise<void> {
  const { options } = session;
  const runtime = await TensorRuntime.load(options.engine);
  const tasks = await ourTasks(session);
  const epochs = Math.max(...options.shown) - options.pretrainEpochs;
  const variant = { name: 'multi-task-siamese', lossWeights: lossWeightsOf(options), mortalityReachesImputer: true };
  const settingsFor = (task: FitTask): TrainingSettings => ({
    ...settingsOf({ ...options, epochs: Math.max(1, epochs) }, task, variant),
    patience: Math.max(...options.shown) + 1,
  });
  for (const task of tasks) {
    const snapshots = await snapshotsOf(session, runtime, task, settingsFor(task));
    await writeSnapshots(session, task, snapshots);
  }
  await session.finish(
    tasks.map(({ data, store }) => ({ ...data, store })),
    { engine: runtime.name, hyperParameters: { settings: settingsFor(tasks[0]!), shown: options.shown } },
  );
}

async function snapshotsOf(
  session: Session,
  runtime: TensorRuntime,
  task: FitTask,
  settings: TrainingSettings,
): Promise<Snapshot[]> {
  const { cells, options } = session;
  const points = task.measured.slice(0, MAX_POINTS);
  const encoder = new WindowEncoder(task.store, task.scales);
  const describe = (epoch: number): CellDescription => ({
    kind: 'embedding',
    name: `epoch ${epoch}, ${task.data.id}`,
    decides: { ...task.decides, settings, epoch, points: points.length },
  });
  const read = (weights: NetworkWeights): { value: object; arrays: Record<string, Float32Array> } => ({
    value: {},
    arrays: { ...readWindows(runtime, settings.hyper, weights, encoder, points) },
  });
  const { nowMs } = session.context;
  const kept: Promise<void>[] = [];
  let sinceMs = nowMs();
  const keep = (epoch: number, weights: NetworkWeights): Promise<void> => {
    const content = read(weights);
    const wallMs = nowMs() - sinceMs;
    sinceMs += wallMs;
    return cells.keep(describe(epoch), content, wallMs);
  };
  const missing: number[] = [];
  for (const epoch of options.shown) if (!(await cells.has(describe(epoch)))) missing.push(epoch);
  if (missing.includes(0)) await keep(0, initialWeights(settings.hyper, randomOf(`${settings.seed}|weights`)));
  if (missing.some((epoch) => epoch > 0))
    try {
      await trainOurs(session, runtime, task, settings, (before, weights) => {
        if (missing.includes(before + 1)) kept.push(keep(before + 1, weights()));
      });
    } finally {
      await Promise.all(kept);
    }
  const snapshots: Snapshot[] = [];
  for (const epoch of options.shown) {
    const { arrays } = await cells.cell(describe(epoch), () =>
      Promise.reject(new Error(`the training ended before epoch ${epoch}: remove ${cells.directory} and run it again`)),
    );
    snapshots.push({ epoch, risks: arrays['risks']!, embeddings: arrays['embeddings']! });
  }
  return snapshots;
}

/** Thirty neighbours, or as many as few points allow. */
function perplexityFor(points: number): number {
  const most = Math.floor((points - 1) / 3);
  if (most < 2) throw new UsageError(`${points} windows make no picture: read more stays`);
  return Math.min(PERPLEXITY, most);
}

async function writeSnapshots(session: Session, task: FitTask, snapshots: readonly Snapshot[]): Promise<void> {
  const { options, context } = session;
  const { id } = task.data;
  const labels = task.measured.slice(0, MAX_POINTS).map((index) => Number(task.store.labels[index]!.died));
  const panels: ScatterPanel[] = [];
  for (const { epoch, embeddings } of snapshots) {
    context.signal.throwIfAborted();
    const width = embeddings.length / labels.length;
    const rows = labels.map((_, row) => embeddings.subarray(row * width, (row + 1) * width));
    const { positions } = tsne(rows, { seed: options.seed, perplexity: perplexityFor(labels.length) });
    panels.push({
      title: `epoch ${epoch}`,
      points: labels.map((died, row) => ({
        x: positions[2 * row]!,
        y: positions[2 * row + 1]!,
        group: died === 1 ? 'died' : 'survived',
      })),
    });
  }
  await session.writePicture(
    `embedding-${id}`,
    await scatterChart(`Embedding (t-SNE) of ${labels.length} windows, ${id}`, ['survived', 'died'], panels),
  );
  await session.writeTable({
    id: `embedding-${id}`,
    title: `Embedding by epoch: ${id}`,
    columns: [
      { name: 'epoch', digits: 0 },
      { name: 'points', digits: 0 },
      { name: 'deaths', digits: 0 },
      { name: 'AUROC' },
    ],
    rows: snapshots.map(({ epoch, risks }) => [
      epoch,
      labels.length,
      labels.reduce((sum, label) => sum + label, 0),
      areaUnderRoc(risks, labels),
    ]),
    notes: [
      'The picture shows the 64 numbers of each window in the plane (van der Maaten and Hinton, JMLR 2008); nearness means something, distance between groups does not. AUROC of the same windows without interval; gaps filled with the centre of the imputer.',
      protocolOf(session, [task]),
      ...subsampleNotes(session.options),
    ],
    provenance: session.provenance(task.data),
  });
}
