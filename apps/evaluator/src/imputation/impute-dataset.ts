import type { Imputer } from '#baselines';
import { engineKey } from '../cells/engine-key.js';
import { digestOfWindows } from '../data/digest-of-windows.js';
import { gridOf } from '../data/window-grids.js';
import { BUNDLE_METHOD } from '../fits/bundle-imputer.js';
import type { FitContext } from '../fits/fit-context.js';
import type { Session } from '../session.js';
import { imputeCell, type ImputationTask, type ImputedCell } from './impute-cell.js';

/** Imputes every cell of a data set. A method is fitted when its first missing cell is computed, and not at all when none is missing. */
export async function imputeDataset(
  session: Session,
  fits: FitContext,
  task: ImputationTask,
  create: (id: string) => Imputer,
): Promise<ImputedCell[]> {
  const cells: ImputedCell[] = [];
  for (const method of task.methods) {
    let fitted: Imputer | undefined;
    const ready = async (): Promise<Imputer> => (fitted ??= await fit(session, fits, task, create(method)));
    const decides = decidesOf(session, task, method);
    try {
      for (const hiding of task.hidings)
        cells.push(await imputeCell(session, task, { method, decides, ready }, hiding));
    } finally {
      fitted?.dispose();
    }
  }
  return cells;
}

function decidesOf({ options, context }: Session, task: ImputationTask, method: string): Record<string, unknown> {
  if (method === BUNDLE_METHOD) {
    const { bundle, engine } = task;
    return { method, files: bundle?.files, sampler: bundle?.sampler, ...engineKey(engine) };
  }
  return {
    method,
    training: [task.training, task.validation].map((side) => digestOfWindows(task.store, side)),
    epochs: options.epochs,
    patience: options.patience,
    ...context.methods.settingsOf(method),
  };
}

async function fit(session: Session, fits: FitContext, task: ImputationTask, imputer: Imputer): Promise<Imputer> {
  if (task.bundle !== undefined && imputer.id === BUNDLE_METHOD) return imputer;
  const { store, training, validation, scales } = task;
  session.context.print(`fitting ${imputer.id} on ${training.length} windows of ${task.data.id}`);
  await imputer.fit(
    gridOf(store, training, scales),
    gridOf(store, validation, scales),
    await fits.optionsFor(imputer.id),
  );
  return imputer;
}
