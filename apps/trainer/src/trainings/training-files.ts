import { join } from 'node:path';

/** What lies in the folder of a training. */
export interface TrainingFiles {
  /** The frozen stays; removed when the training has ended. */
  readonly stays: string;
  /** Windows, checkpoints and raw predictions; removed when the training has ended. */
  readonly work: string;
  readonly release: string;
  readonly plan: string;
  readonly comparison: string;
  /** The decision with what every rule found, and the policy it went by. */
  readonly decision: string;
  readonly report: string;
}

/** Where the files of a training lie. @param folder of the training */
export function trainingFiles(folder: string): TrainingFiles {
  return {
    stays: join(folder, 'stays'),
    work: join(folder, 'work'),
    release: join(folder, 'release'),
    plan: join(folder, 'plan.json'),
    comparison: join(folder, 'comparison.json'),
    decision: join(folder, 'decision.json'),
    report: join(folder, 'report.html'),
  };
}
