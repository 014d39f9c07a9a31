import { createNetworkImputer } from '#baselines';
import { gridOf, withHidden } from '../data/window-grids.js';
import type { FitContext } from '../fits/fit-context.js';
import type { ImputationTask } from '../imputation/impute-cell.js';
import type { Session } from '../session.js';

/** What CSDI's published shape costs on this machine. */
export interface CsdiCost {
  /** Processor work of a training step, for each of its windows. */
  readonly trainingMsPerWindow: number;
  /** One pass of the network over one window: of one sample, there are 50. */
  readonly passMs: number;
}

/** CSDI's own numbers: passes over the training windows, samples of each measured one, diffusion steps. */
export const CSDI_RECIPE = { epochs: 200, samples: 100, steps: 50 } as const;

const WINDOWS = 4;
const EPOCHS = 3;

/** Times a few training steps and one sample of CSDI at full size: 64 channels, 4 layers, 8 heads, 50 steps, on the windows at hand. */
export async function csdiCost(session: Session, fits: FitContext, task: ImputationTask): Promise<CsdiCost> {
  const { nowMs } = session.context;
  const { store, scales } = task;
  const { value } = await session.cells.cell<CsdiCost>(
    {
      kind: 'cost',
      name: 'csdi at full size',
      decides: { method: 'csdi', size: 'full-size', shape: [store.signals.length, store.hours], windows: WINDOWS },
    },
    async () => {
      const imputer = createNetworkImputer('csdi', { size: 'full-size', batchSize: WINDOWS, samples: 1 });
      const training = gridOf(store, task.training.slice(0, WINDOWS), scales);
      const watched = gridOf(store, task.validation.slice(0, 1), scales);
      const options = await fits.optionsFor('csdi');
      const timed = async (work: () => Promise<unknown>): Promise<number> => {
        const startedAtMs = nowMs();
        await work();
        return nowMs() - startedAtMs;
      };
      const fitMs = (epochs: number): Promise<number> =>
        timed(() => imputer.fit(training, watched, { ...options, epochs, patience: epochs }));
      // the very first step sets the engine up; the rest of what a fit costs beside its steps is taken off
      await fitMs(1);
      const [one, all] = [await fitMs(1), await fitMs(1 + EPOCHS)];
      const sampleMs = await timed(() => imputer.impute(withHidden(watched, watched.mask)));
      return {
        value: {
          trainingMsPerWindow: Math.max(0, all - one) / EPOCHS / WINDOWS,
          passMs: sampleMs / CSDI_RECIPE.steps,
        },
      };
    },
  );
  return value;
}

/** Hours of one fold by CSDI's own recipe. */
export function hoursOfFold({ trainingMsPerWindow, passMs }: CsdiCost, training: number, measured: number): number {
  const { epochs, samples, steps } = CSDI_RECIPE;
  return (epochs * training * trainingMsPerWindow + measured * samples * steps * passMs) / 3_600_000;
}
