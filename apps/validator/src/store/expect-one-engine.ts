import { ValidationError } from '../validation-error.js';
import type { ScoredChunk } from './chunk-store.js';

/**
 * Which engine computes is known when a model is loaded, and kept scores are taken without one: a run that goes on after CUDA was installed would
 * otherwise add scores of one engine to those of another.
 *
 * @throws ValidationError when chunks of one release come from more than one engine
 */
export function expectOneEngine(releaseId: string, chunks: readonly ScoredChunk[]): void {
  const engines = [...new Set(chunks.map(({ engine }) => engine))];
  if (engines.length <= 1) return;
  throw new ValidationError(
    `The scores of ${releaseId} come from ${engines.join(' and ')}, which do not agree to the last digit. Give another --out, or remove the folder of kept scores.`,
  );
}
