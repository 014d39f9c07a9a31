import type { MortalityPredictor } from '#baselines';
import type { FitContext } from '../fits/fit-context.js';
import type { Session } from '../session.js';
import { fillWindows, NO_IMPUTER, type ImputerSource } from './fill-windows.js';
import type { FitTask } from './fit-task.js';
import type { ScoredHour } from './scored-windows.js';

/** Risks of a predictor after an imputer. */
export interface FittedScores extends ScoredHour {
  readonly predictor: string;
  /** {@link NO_IMPUTER} where the predictor reads windows with gaps. */
  readonly imputer: string;
}

/** Fits a predictor on windows that an imputer filled, and scores the measured side: one cell. */
export async function scoreWithFit(
  session: Session,
  fits: FitContext,
  task: FitTask,
  imputer: ImputerSource,
  [id, create]: readonly [string, () => MortalityPredictor],
): Promise<FittedScores> {
  const { epochs, patience } = session.options;
  const method = imputer.id === NO_IMPUTER ? id : `${id} + ${imputer.id}`;
  const { arrays } = await session.cells.cell(
    {
      kind: 'fit',
      name: `${method}, ${task.data.id} at ${task.hour} h`,
      decides: { ...task.decides, ...imputer.decides, imputer: imputer.id, predictor: id, epochs, patience },
    },
    async () => {
      const { training, validation, measured } = await fillWindows(session, fits, task, imputer);
      const predictor = create();
      try {
        await predictor.fit(training, validation, await fits.optionsFor(id));
        return { value: {}, arrays: { risks: await predictor.predict(measured) } };
      } finally {
        predictor.dispose();
      }
    },
  );
  return {
    method,
    predictor: id,
    imputer: imputer.id,
    hour: task.hour,
    indices: task.measured,
    risks: [...arrays['risks']!],
    isProbability: true,
  };
}
