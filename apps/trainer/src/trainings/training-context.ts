import type { GatePolicy } from '../gate/gate-policy.js';
import type { LocalStays } from './local-stays.js';
import type { ReleaseShelf } from './release-shelf.js';
import type { RunChild } from './run-child.js';
import type { Training } from './training.js';
import type { TrainingFiles } from './training-files.js';
import type { ChildMessage } from './child-message.js';

/** What trainings are made with; the same for all of them. */
export interface TrainingParts {
  readonly stays: LocalStays;
  readonly shelf: ReleaseShelf;
  readonly runChild: RunChild;
  readonly gate: { readonly path: string; readonly policy: GatePolicy };
  /** Data set under which the frozen stays are read. */
  readonly dataset: string;
  /** Further words of the command line `train`, such as `--epochs 8`. */
  readonly trainWords: readonly string[];
  /** Words that make networks like a champion's; see `wordsForChampion`. @param directory of its bundle */
  readonly wordsLike: (directory: string) => Promise<readonly string[]>;
  /** Compiled programs: the command `train`, and the one that plans and compares. */
  readonly programs: { readonly train: string; readonly judge: string };
  readonly nowMs: () => number;
}

/** What a step of one training works with. */
export interface StepContext extends TrainingParts {
  readonly folder: string;
  readonly files: TrainingFiles;
  /** Aborted when the training is cancelled or the service stops. */
  readonly signal: AbortSignal;
  readonly onMessage: (message: ChildMessage) => void;
  /** A process died by itself and is taken up again. */
  readonly onRestart: () => void;
}

/** One step: what it adds to the record. Can be repeated: what is already there is not done again. */
export type RunStep = (training: Training, context: StepContext) => Promise<Partial<Training>>;

/** A training that cannot go on; `declined` where there is too little to learn from and judge by. */
export class TrainingHalt extends Error {
  override readonly name = 'TrainingHalt';

  constructor(
    readonly state: 'failed' | 'declined',
    message: string,
  ) {
    super(message);
  }
}
