import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CodeVersion, Machine } from '#reporting';
import type { ServiceLogger } from '#service';
import { buildReport, type ValidationJson } from './report/build-report.js';
import type { ValidationData } from './report/validation-data.js';
import { scoreDatasets, type ScoringParts, type ScoringProgress } from './score-dataset.js';
import { scoreRecording } from './score-recording.js';
import { OpenedRelease } from './scoring/opened-release.js';
import { ChunkStore } from './store/chunk-store.js';
import { ValidationError } from './validation-error.js';
import type { ValidationWish } from './validation-wish.js';

/** What a validation is given by its process. */
export interface ValidationSurroundings {
  readonly logger: ServiceLogger;
  readonly code: CodeVersion;
  readonly machine: Machine;
  /** Told once for each step. */
  readonly say: (line: string) => void;
  readonly onProgress: (progress: ScoringProgress) => void;
  /** Stops the validation; what was scored is kept. */
  readonly signal: AbortSignal;
}

/** Where a report was written. */
export interface WrittenReport {
  readonly html: string;
  readonly json: string;
  readonly report: ValidationJson;
}

/**
 * Replays recorded stays through the scorer for one or two releases, judges the scores, and writes `report.html` and `report.json`.
 *
 * The same wish goes on where it was stopped.
 *
 * @throws ValidationError, DatasetError, BundleError, RecordingError, ModelUnavailableError, each with a sentence for people; the
 * signal's reason when it was stopped
 */
export async function validate(wish: ValidationWish, surroundings: ValidationSurroundings): Promise<WrittenReport> {
  const { logger, signal } = surroundings;
  const say = (line: string): void => {
    signal.throwIfAborted();
    surroundings.say(line);
  };
  const startedMs = performance.now();
  const releases = await openReleases(wish, logger);
  try {
    const parts: ScoringParts = {
      ...{ releases, code: surroundings.code, logger, signal, onProgress: surroundings.onProgress },
      store: new ChunkStore(wish.storeFolder ?? join(wish.outFolder, 'scores')),
    };
    say(`replaying through ${releases.map(({ releaseId }) => releaseId).join(' and ')}`);
    const { recording } = wish;
    const scored =
      recording === undefined ? await scoreDatasets(wish, parts) : await scoreRecording(recording, wish, parts);
    const data: ValidationData = {
      ...{ command: wish.command, source: sourceOf(wish), live: [] },
      panels: wish.panels ?? true,
      ...{ everyHours: wish.everyHours, seed: wish.seed, resamples: wish.resamples, policies: wish.policies },
      ...{ code: surroundings.code, machine: surroundings.machine },
      wallSeconds: (performance.now() - startedMs) / 1000,
      ...scored,
    };
    const { html, json } = await buildReport(data, say);
    return {
      html: await write(wish.outFolder, 'report.html', html),
      json: await write(wish.outFolder, 'report.json', `${JSON.stringify(json, null, 1)}\n`),
      report: json,
    };
  } finally {
    for (const release of releases) await release.close();
  }
}

async function openReleases(wish: ValidationWish, logger: ServiceLogger): Promise<OpenedRelease[]> {
  const releases: OpenedRelease[] = [];
  for (const directory of wish.releases) releases.push(await OpenedRelease.open(directory, wish.threads, logger));
  if (releases.length < 1 || releases.length > 2)
    throw new ValidationError(`${releases.length} releases were given; expected one, or two to hold side by side.`);
  if (new Set(releases.map(({ releaseId }) => releaseId)).size < releases.length)
    throw new ValidationError(
      `Both folders hold a release of the id ${releases[0]!.releaseId}; ids tell scores apart.`,
    );
  return releases;
}

function sourceOf({ choices, recording }: ValidationWish): string {
  if (recording !== undefined) return 'The topics of a recording';
  const named = choices.map(({ name, parts, split }) =>
    [name, ...(parts ?? []), ...(split === undefined ? [] : [`${split} part`])].join(' '),
  );
  return `Recorded stays of ${named.join(' and ')}`;
}

/** Writes beside the place and renames, so that a report is whole or not there. */
async function write(folder: string, name: string, text: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, name);
  await writeFile(`${path}.partial`, text);
  await rename(`${path}.partial`, path);
  return path;
}
