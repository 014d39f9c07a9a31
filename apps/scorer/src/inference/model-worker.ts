import { serveJobs } from '#engine';
import { RiskScorer } from '#model';
import type { ModelAnswer, ModelJob, ModelWorkerData } from './model-jobs.js';
import type { ReleaseFacts } from './window-scorer.js';

await serveJobs<ModelWorkerData, ModelJob, ModelAnswer>(async ({ bundleDirectory, engine }) => {
  const scorer = await RiskScorer.load(bundleDirectory, { engine, threads: 1 });
  const release = factsOf(scorer);
  return async (job) =>
    job.kind === 'describe'
      ? { kind: 'described', release }
      : { kind: 'scored', scores: await scorer.score(job.windows, job.detail) };
});

function factsOf({ manifest, engine }: RiskScorer): ReleaseFacts {
  const { releaseId, stage, signals, scoreFloor } = manifest;
  const floor = { completeness: scoreFloor.minCompleteness, hoursSinceAdmission: scoreFloor.minHours };
  return { releaseId, stage, signals, engine: engine.name, floor };
}
