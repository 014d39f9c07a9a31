import type { ChildMessage, ChildPhase } from './child-message.js';
import type { TrainingProgress } from './training.js';

/** Where each phase begins, in percent of the whole; by what a training of a few hundred stays takes. */
const BEGINS: Readonly<Record<ChildPhase, number>> = {
  ...{ planning: 0, windows: 2, teacher: 4, training: 6, figures: 75, scoring: 80, comparing: 98 },
};
const ENDS: Readonly<Record<ChildPhase, number>> = {
  ...{ planning: 2, windows: 4, teacher: 6, training: 75, figures: 80, scoring: 98, comparing: 100 },
};
const KEPT_EPOCHS = 1_000;

/** Where and when a process began, to tell its pace by. */
export interface ProcessStart {
  readonly atMs: number;
  readonly percent: number;
}

/** Progress after what a child has told. Never goes back within a process. */
export function advanceProgress(
  before: TrainingProgress | undefined,
  message: ChildMessage,
  start: ProcessStart,
  nowMs: number,
): TrainingProgress {
  const known: TrainingProgress = before ?? { phase: 'planning', percent: 0, validation: [] };
  const next = { ...known, ...told(known, message) };
  const percent = Math.max(known.percent, Math.min(100, next.percent));
  const done = percent - start.percent;
  return done > 0
    ? { ...next, percent, expectedEndMs: Math.round(nowMs + ((nowMs - start.atMs) / done) * (100 - percent)) }
    : { ...next, percent };
}

function told(known: TrainingProgress, message: ChildMessage): Partial<TrainingProgress> & { percent: number } {
  switch (message.kind) {
    case 'phase':
      return { phase: message.phase, percent: BEGINS[message.phase] };
    case 'part':
      return { percent: between(known.phase, message.of === 0 ? 0 : message.done / message.of) };
    case 'step': {
      const { epoch, epochs, batch, batches, losses } = message;
      const share = (epoch + (batch + 1) / Math.max(1, batches)) / Math.max(1, epochs);
      return { phase: 'training', epoch: epoch + 1, epochs, losses, percent: between('training', share) };
    }
    case 'epoch': {
      const { epoch, epochs, meanAuroc } = message;
      // an epoch that is repeated after a restart takes its own place again
      const validation = [...known.validation.slice(0, epoch), meanAuroc].slice(-KEPT_EPOCHS);
      return { epoch: epoch + 1, epochs, validation, percent: between('training', (epoch + 1) / Math.max(1, epochs)) };
    }
  }
}

function between(phase: ChildPhase, share: number): number {
  return BEGINS[phase] + Math.min(1, share) * (ENDS[phase] - BEGINS[phase]);
}
