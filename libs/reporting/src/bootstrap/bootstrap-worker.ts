import { serveJobs } from '#engine';
import { mortalityFigures, resampleFigures, type ResampleRange, type ScoredOutcomes } from '#evaluation';

/** Ranks the rows once, then computes the slices of resamples that it is given. */
await serveJobs<ScoredOutcomes, ResampleRange, Float64Array>(async (outcomes) => {
  const figures = mortalityFigures(outcomes);
  return (range) => resampleFigures(figures, range);
});
