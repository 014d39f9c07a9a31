import { probabilityOfLogOdds } from '#evaluation';
import { setImmediate } from 'node:timers/promises';
import { checkShape } from '../methods/check-shape.js';
import type { FitOptions } from '../methods/fit-options.js';
import { MortalityPredictor } from '../methods/mortality-predictor.js';
import { notFitted } from '../methods/not-fitted.js';
import type { OutcomeGrid, WindowGrid } from '../methods/window-grid.js';
import { chooseBest } from './choose-best.js';
import { fitLogistic, logisticLogits, type LogisticModel } from './fit-logistic.js';
import { fitColumnScales, flaggedFeatures, scaleColumns, type ColumnScales } from './logistic-features.js';

/** From strong to weak: each fit begins where the one before ended. */
const STRENGTHS = [1, 0.1, 0.01, 0.001, 0.0001];

interface Fitted {
  readonly grid: Pick<WindowGrid, 'signalIds' | 'hours'>;
  readonly scales: ColumnScales;
  readonly model: LogisticModel;
  readonly strength: number;
}

/**
 * Logistic regression on window statistics of measured entries, with a missing statistic at its training mean and a flag for each signal
 * that was never measured. L2 penalty; its strength is chosen on validation windows. Imputed values are not looked at.
 */
export class LogisticPredictor extends MortalityPredictor {
  readonly id = 'logistic-regression';
  #fitted: Fitted | undefined;

  constructor(private readonly strengths: readonly number[] = STRENGTHS) {
    super();
  }

  /** The chosen strength of the penalty. */
  get strength(): number {
    return (this.#fitted ?? notFitted(this.id)).strength;
  }

  override get chosen(): Readonly<Record<string, number>> {
    return { penalty: this.strength };
  }

  async fit(training: OutcomeGrid, validation: OutcomeGrid, options: FitOptions): Promise<void> {
    const raw = flaggedFeatures(training);
    const scales = fitColumnScales(raw);
    const matrix = scaleColumns(raw, scales);
    const models: { strength: number; model: LogisticModel }[] = [];
    for (const strength of this.strengths) {
      models.push({ strength, model: fitLogistic(matrix, training.labels, strength, models.at(-1)?.model) });
      options.onProgress?.(models.length / this.strengths.length, `penalty ${strength}`);
      await setImmediate();
      options.signal?.throwIfAborted();
    }
    const watched = scaleColumns(flaggedFeatures(validation), scales);
    const best = chooseBest(models, validation.labels, 'log-loss', ({ model }) =>
      logisticLogits(model, watched).map(probabilityOfLogOdds),
    );
    const { signalIds, hours } = training;
    this.#fitted = { ...best, scales, grid: { signalIds, hours } };
  }

  async predict(windows: WindowGrid): Promise<Float32Array> {
    const { grid, scales, model } = this.#fitted ?? notFitted(this.id);
    checkShape(this.id, grid, windows);
    return Float32Array.from(
      logisticLogits(model, scaleColumns(flaggedFeatures(windows), scales)),
      probabilityOfLogOdds,
    );
  }
}
