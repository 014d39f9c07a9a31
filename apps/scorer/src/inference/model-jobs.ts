import type { EngineChoice } from '#engine';
import type { ScoreDetail, WindowScore, WindowToScore } from '#model';
import type { ReleaseFacts } from './window-scorer.js';

/** What a worker is started with. */
export interface ModelWorkerData {
  /** Folder of the release's bundle. */
  readonly bundleDirectory: string;
  readonly engine: EngineChoice;
}

/** What a worker is asked. */
export type ModelJob =
  | { readonly kind: 'describe' }
  | { readonly kind: 'score'; readonly windows: readonly WindowToScore[]; readonly detail: ScoreDetail };

/** What a worker answers, in the kind that it was asked. */
export type ModelAnswer =
  | { readonly kind: 'described'; readonly release: ReleaseFacts }
  | { readonly kind: 'scored'; readonly scores: readonly WindowScore[] };
