import { areaUnderRoc } from '#evaluation';
import type { Tensor } from '#engine';
import type { NetworkWeights, Weights } from '#network';
import { completeWindows, logitsOf, type CompletedWindows, type NetworkUnderTest } from './complete-windows.js';
import type { TrainingStage } from './training-settings.js';
import type { TrainingTask } from './training-task.js';
import { imputeHidden, meanOf, VALIDATION_BATCH, type ValidationResult } from './validate.js';

/** Validation windows of one reported hour. */
interface HourOfWindows {
  readonly hour: number;
  readonly batches: readonly CompletedWindows[];
  readonly died: readonly number[];
  /** [window] sums of the log odds of the risk networks that have been trained before. */
  readonly earlier: Float64Array;
}

/**
 * Validation of one risk network while the imputer stays as it is: its gaps are filled once, and so is what earlier networks say of them.
 */
export class RiskValidation {
  private constructor(
    private readonly task: TrainingTask,
    private readonly member: number,
    private readonly hours: readonly HourOfWindows[],
    private readonly imputation: { readonly rmse: number; readonly mae: number },
  ) {}

  /** @param learned weights of the imputer and of the risk networks before this stage's */
  static of(task: TrainingTask, learned: NetworkWeights, { member }: TrainingStage): RiskValidation {
    const { runtime, settings, encoder, validationWindows } = task;
    const weights = runtime.tensors(learned);
    const network = { runtime, hyper: settings.hyper, weights };
    try {
      const hours = [...validationWindows].map(([hour, indices]): HourOfWindows => {
        const batches = cut(indices).map((some) =>
          completeWindows(
            network,
            some.map((index) => encoder.encode(index)),
          ),
        );
        const died = indices.map((index) => Number(encoder.store.labels[index]!.died));
        const earlier = new Float64Array(indices.length);
        for (let before = 0; before < member; before++)
          allLogits(network, batches, before).forEach((logit, row) => (earlier[row]! += logit));
        return { hour, batches, died, earlier };
      });
      return new RiskValidation(task, member, hours, imputeHidden(network, encoder, validationWindows));
    } finally {
      runtime.dispose(weights);
    }
  }

  /** @param weights of the stage's own risk network */
  validate(weights: Weights<Tensor>): ValidationResult {
    const { member, imputation } = this;
    const network = { runtime: this.task.runtime, hyper: this.task.settings.hyper, weights };
    const auroc: Record<string, number> = {};
    const together: Record<string, number> = {};
    for (const { hour, batches, died, earlier } of this.hours) {
      const own = allLogits(network, batches, member);
      auroc[hour] = areaUnderRoc(own, died);
      together[hour] = areaUnderRoc(
        own.map((logit, row) => logit + earlier[row]!),
        died,
      );
    }
    return {
      ...{ phase: 'risk', member, auroc, meanAuroc: meanOf(auroc), imputationRmse: imputation.rmse },
      imputationMae: imputation.mae,
      ...(member > 0 ? { together } : {}),
    };
  }
}

function cut(indices: readonly number[]): number[][] {
  const count = Math.ceil(indices.length / VALIDATION_BATCH);
  return Array.from({ length: count }, (_, at) => indices.slice(at * VALIDATION_BATCH, (at + 1) * VALIDATION_BATCH));
}

function allLogits(network: NetworkUnderTest, batches: readonly CompletedWindows[], member: number): number[] {
  return batches.flatMap((windows) => [...logitsOf(network, windows, member)]);
}
