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
  /** What the fit chose on validation windows. */
  readonly chosen?: Chosen;
}

/** Settings by name, such as the learning rate. */
type Chosen = Readonly<Record<string, number>>;

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
  const { value, arrays } = await session.cells.cell<{ readonly chosen?: Chosen }>(
    {
      kind: 'fit',
      name: `${method}, ${task.data.id} at ${task.hour} h`,
      decides: {
        ...task.decides,
        ...imputer.decides,
        imputer: imputer.id,
        predictor: id,
        ...{ epochs, patience },
        ...session.context.methods.settingsOf(id),
      },
    },
    async () => {
      const { training, validation, measured } = await fillWindows(session, fits, task, imputer);
      const predictor = create();
      try {
        await predictor.fit(training, validation, await fits.optionsFor(id));
        const risks = await predictor.predict(measured);
        return { value: { chosen: predictor.chosen }, arrays: { risks } };
      } finally {
        predictor.dispose();
      }
    },
  );
  return {
    method,
    ...(value.chosen === undefined ? {} : { chosen: value.chosen }),
    predictor: id,
    imputer: imputer.id,
    hour: task.hour,
    indices: task.measured,
    risks: [...arrays['risks']!],
    isProbability: true,
  };
}
