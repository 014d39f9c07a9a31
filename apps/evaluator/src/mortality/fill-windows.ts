import type { Imputer, OutcomeGrid } from '#baselines';
import { gridOf, withImputed } from '../data/window-grids.js';
import type { FitContext } from '../fits/fit-context.js';
import type { Session } from '../session.js';
import type { FitTask } from './fit-task.js';

/** Column of a predictor that reads no imputation: its windows have gaps. */
export const NO_IMPUTER = 'none';

/** The three sides of a task, with gaps or filled. */
export interface FilledGrids {
  readonly training: OutcomeGrid;
  readonly validation: OutcomeGrid;
  readonly measured: OutcomeGrid;
}

const SIDES = ['training', 'validation', 'measured'] as const;

/** How an imputer comes into being, and what of it decides a cell beside its id. */
export interface ImputerSource {
  readonly id: string;
  readonly create: () => Imputer;
  readonly decides: Readonly<Record<string, unknown>>;
}

/** The windows of a task as they were measured. */
export function gridsWithGaps({ store, scales, training, validation, measured }: FitTask): FilledGrids {
  return {
    training: gridOf(store, training, scales),
    validation: gridOf(store, validation, scales),
    measured: gridOf(store, measured, scales),
  };
}

/** The windows of a task with their gaps filled by an imputer that was fitted on its training side: one cell, whatever reads it. */
export async function fillWindows(
  session: Session,
  fits: FitContext,
  task: FitTask,
  { id, create, decides }: ImputerSource,
): Promise<FilledGrids> {
  const grids = gridsWithGaps(task);
  if (id === NO_IMPUTER) return grids;
  const { arrays } = await session.cells.cell(
    {
      kind: 'fill',
      name: `${id}, ${task.data.id} at ${task.hour} h`,
      decides: { ...task.decides, ...decides, imputer: id },
    },
    async () => {
      const imputer = create();
      try {
        session.context.print(
          `filling ${task.training.length + task.validation.length + task.measured.length} windows by ${id}`,
        );
        await imputer.fit(grids.training, grids.validation, await fits.optionsFor(id));
        const filled: Record<string, Float32Array> = {};
        for (const side of SIDES) filled[side] = (await imputer.impute(grids[side])).values;
        return { value: {}, arrays: filled };
      } finally {
        imputer.dispose();
      }
    },
  );
  const [training, validation, measured] = SIDES.map((side) => withImputed(grids[side], arrays[side]!)) as [
    OutcomeGrid,
    OutcomeGrid,
    OutcomeGrid,
  ];
  return { training, validation, measured };
}
