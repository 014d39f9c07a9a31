import type { StepLosses, TrainingObserver } from '#training';
import { tellParent } from './child-message.js';

/** Stops in order when the service that started this process is gone; does nothing in a process that a person started. */
export function stopWithParent(abort: AbortController): void {
  if (process.channel === undefined) return;
  process.once('disconnect', () => abort.abort());
  // the listener alone shall not keep the process alive when its work is done
  process.channel?.unref();
}

/** Passes everything on to another observer and tells the service too. */
export function alsoToParent(observer: TrainingObserver, epochs: number): TrainingObserver {
  return {
    resumed: (epoch, batch) => observer.resumed(epoch, batch),
    step: (epoch, batch, batches, losses) => {
      observer.step(epoch, batch, batches, losses);
      tellParent({ kind: 'step', epoch, epochs, batch, batches, losses: plain(losses) });
    },
    epochEnded: (epoch, validation, isBest) => {
      observer.epochEnded(epoch, validation, isBest);
      const { meanAuroc, imputationRmse } = validation;
      const known = meanAuroc === 0 ? null : finite(meanAuroc);
      tellParent({ kind: 'epoch', epoch, epochs, meanAuroc: known, imputationRmse: finite(imputationRmse), isBest });
    },
  };
}

function plain({ loss, imputation, mortality, contrastive }: StepLosses): StepLosses {
  return { loss, imputation, mortality, contrastive };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
