import { SIGNAL_SETS } from '#clinical';
import { fitScales } from '#training';
import type { EvaluationData } from '../data/collect-data.js';
import { digestOfWindows } from '../data/digest-of-windows.js';
import { selectSignals } from '../data/select-signals.js';
import { gridOf } from '../data/window-grids.js';
import type { FitContext } from '../fits/fit-context.js';
import type { ScoredWindows } from '../mortality/scored-windows.js';
import { UsageError } from '../run-context.js';
import type { Session } from '../session.js';

/** Windows scored together: bounds the memory of a grid. */
const CHUNK_WINDOWS = 2_000;

/**
 * Fits a predictor on windows of training stays that end at random hours, and scores rolling windows with it: one cell.
 *
 * @throws UsageError when there is nothing to learn from or to stop by
 */
export async function scoreRolling(
  session: Session,
  fits: FitContext,
  id: string,
  learned: EvaluationData,
  data: EvaluationData,
  indices: readonly number[],
): Promise<ScoredWindows> {
  const { options, context } = session;
  const signals = SIGNAL_SETS[options.signals];
  const store = selectSignals(learned.store, signals);
  const side = (part: 'train' | 'validation'): number[] =>
    [...store.labels.keys()].filter((index) => store.labels[index]!.part === part);
  const [training, validation] = [side('train'), side('validation')];
  if (training.length === 0 || validation.length === 0)
    throw new UsageError(
      `${learned.id}: ${training.length} windows to learn ${id} from and ${validation.length} to stop by; each needs some, so read more stays or leave ${id} out`,
    );
  const { epochs, patience, seed } = options;
  const { arrays } = await session.cells.cell(
    {
      kind: 'live-fit',
      name: `${id}, ${data.id}`,
      decides: {
        predictor: id,
        learned: [training, validation].map((side) => digestOfWindows(store, side)),
        windows: digestOfWindows(data.store, indices),
        ...{ signals, epochs, patience, seed },
        ...context.methods.settingsOf(id),
      },
    },
    async () => {
      context.print(`fitting ${id} on ${training.length} windows of ${data.id}`);
      const scales = fitScales(store);
      const predictor = context.methods.predictors.get(id)!();
      try {
        const options = await fits.optionsFor(id);
        await predictor.fit(gridOf(store, training, scales), gridOf(store, validation, scales), options);
        const measured = selectSignals(data.store, signals);
        const risks = new Float32Array(indices.length);
        for (let first = 0; first < indices.length; first += CHUNK_WINDOWS)
          risks.set(
            await predictor.predict(gridOf(measured, indices.slice(first, first + CHUNK_WINDOWS), scales)),
            first,
          );
        return { value: {}, arrays: { risks } };
      } finally {
        predictor.dispose();
      }
    },
  );
  return { method: id, indices, risks: [...arrays['risks']!], isProbability: true };
}
