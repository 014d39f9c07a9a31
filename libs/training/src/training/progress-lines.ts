import type { StepLosses } from './step-once.js';
import type { TrainingObserver } from './training-task.js';
import type { ValidationResult } from './validate.js';

/** Steps over which a printed loss is averaged. */
const PRINT_EVERY_BATCHES = 20;

/** Prints how a training goes, a line every twenty steps and one an epoch, with the time that is left at most. */
export class ProgressLines implements TrainingObserver {
  readonly #startedAtMs: number;
  #firstStep: number | undefined;
  #sums = { loss: 0, imputation: 0, mortality: 0, contrastive: 0 };
  #counted = 0;

  constructor(
    private readonly epochs: number,
    private readonly print: (line: string) => void,
    private readonly nowMs: () => number,
  ) {
    this.#startedAtMs = nowMs();
  }

  resumed(epoch: number, batch: number): void {
    this.print(`going on at epoch ${epoch + 1}, batch ${batch + 1}`);
  }

  step(epoch: number, batch: number, batches: number, losses: StepLosses): void {
    this.#firstStep ??= epoch * batches + batch;
    for (const name of ['loss', 'imputation', 'mortality', 'contrastive'] as const) this.#sums[name] += losses[name];
    this.#counted++;
    if ((batch + 1) % PRINT_EVERY_BATCHES !== 0 && batch + 1 !== batches) return;
    const mean = (sum: number): string => (sum / this.#counted).toFixed(4);
    const { loss, imputation, mortality, contrastive } = this.#sums;
    const losses20 = `loss ${mean(loss)} (imputation ${mean(imputation)}, mortality ${mean(mortality)}, contrast ${mean(contrastive)})`;
    this.print(
      `epoch ${epoch + 1}/${this.epochs} batch ${batch + 1}/${batches}  ${losses20}  ${this.#left(epoch * batches + batch + 1, batches)}`,
    );
    this.#sums = { loss: 0, imputation: 0, mortality: 0, contrastive: 0 };
    this.#counted = 0;
  }

  epochEnded(epoch: number, result: ValidationResult, isBest: boolean): void {
    const { phase, member, auroc, together, imputationRmse, imputationMae } = result;
    const errors = `imputation RMSE ${imputationRmse.toFixed(4)}, MAE ${imputationMae.toFixed(4)}`;
    const said = [
      ...(phase === 'imputer' ? [] : [`AUROC ${areas(auroc)}`]),
      ...(together === undefined ? [] : [`together ${areas(together)}`]),
      ...(phase === 'risk' ? [] : [errors]),
    ];
    const which = member > 0 ? ` of risk network ${member + 1}` : '';
    this.print(`epoch ${epoch + 1}${which} validation: ${said.join('; ')}${isBest ? '  best so far' : ''}`);
  }

  #left(done: number, batches: number): string {
    const perStepMs = (this.nowMs() - this.#startedAtMs) / (done - this.#firstStep!);
    const minutes = ((this.epochs * batches - done) * perStepMs) / 60_000;
    return `${(perStepMs / 1000).toFixed(2)} s a step, at most ${Math.ceil(minutes)} min left`;
  }
}

function areas(auroc: Readonly<Record<string, number>>): string {
  return Object.entries(auroc)
    .map(([hour, area]) => `${hour} h ${area.toFixed(4)}`)
    .join(', ');
}
