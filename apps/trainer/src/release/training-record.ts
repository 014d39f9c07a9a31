import { DATASET_SOURCES } from '#datasets';
import type { ReleaseDescription } from '#model';
import type { WindowStore } from '#training';
import type { FinishedTraining } from './finish-release.js';
import { trainingCommand } from './training-command.js';

const MINUTE_MS = 60_000;

/** What the manifest keeps of a training. */
export function trainingRecord({
  options,
  target,
  encoder,
  end,
  dataDigest,
  warmStart,
  learnedBeforeMs,
}: FinishedTraining): NonNullable<ReleaseDescription['training']> {
  const datasets = options.dataset.map(({ id, parts }) => ({
    id,
    ...(parts === undefined ? {} : { parts: [...parts] }),
    ...countStays(encoder.store, id),
    licence: DATASET_SOURCES[id].licence,
  }));
  return {
    preset: options.preset,
    command: trainingCommand(options, target.releaseId),
    seed: options.seed,
    epochs: end.history.length,
    teacherShare: options.preset === 'paper' ? 0 : options.teacherShare,
    dataDigest,
    datasets,
    ...(warmStart === undefined ? {} : { warmStart }),
    ...(learnedBeforeMs === undefined ? {} : { learnedBeforeMs }),
    wallMinutes: Math.round(end.elapsedMs / MINUTE_MS),
    ...(end.memoryPeakMb === undefined ? {} : { memoryPeakMb: Math.round(end.memoryPeakMb) }),
  };
}

function countStays({ labels }: WindowStore, datasetId: string): { stays: number; deaths: number } {
  const stays = new Map<string, boolean>();
  for (const label of labels) if (label.datasetId === datasetId) stays.set(label.stayId, label.died);
  return { stays: stays.size, deaths: [...stays.values()].filter((died) => died).length };
}
