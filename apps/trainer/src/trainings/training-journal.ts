import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { trainingSchema, type Training } from './training.js';
import { writeDurably } from './write-durably.js';

const RECORD = 'training.json';

/** A journal that cannot be read. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
}

/**
 * The trainings of a service, a folder each under `folder`: the record, and what the training leaves behind. What was written is there after a crash.
 *
 * Bounded: beyond `keep` the folders of the oldest trainings that have ended are removed, those whose release still waits for its promotion excepted.
 */
export class TrainingJournal {
  readonly #trainings: Map<string, Training>;
  #writing: Promise<void> = Promise.resolve();

  private constructor(
    readonly folder: string,
    private readonly keep: number,
    trainings: readonly Training[],
  ) {
    this.#trainings = new Map(trainings.map((training) => [training.id, training]));
  }

  /** @throws JournalError when a record is damaged: it says which */
  static async open(folder: string, keep = 50): Promise<TrainingJournal> {
    await mkdir(folder, { recursive: true });
    const trainings: Training[] = [];
    for (const name of (await readdir(folder)).sort()) {
      const path = join(folder, name, RECORD);
      const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
        // a folder without a record, or a file that lies beside the folders
        if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
        throw new JournalError(`${path} cannot be read: ${error.message}`, { cause: error });
      });
      if (text !== undefined) trainings.push(parse(path, text));
    }
    return new TrainingJournal(folder, keep, trainings);
  }

  /** Oldest first. */
  all(): readonly Training[] {
    return [...this.#trainings.values()].sort((a, b) => a.startedAtMs - b.startedAtMs);
  }

  get(id: string): Training | undefined {
    return this.#trainings.get(id);
  }

  /** The one that runs. */
  running(): Training | undefined {
    return this.all().find(({ state }) => state === 'running');
  }

  folderOf(id: string): string {
    return join(this.folder, id);
  }

  /** Shows a training as it is now without writing it down: for progress, which may be lost. */
  show(training: Training): void {
    this.#trainings.set(training.id, training);
  }

  /** Resolves when the record is durable. Records of one training are written in the order of the calls. */
  write(training: Training): Promise<void> {
    this.show(training);
    const written = this.#writing.then(async () => {
      await writeDurably(join(this.folderOf(training.id), RECORD), `${JSON.stringify(training, null, 2)}\n`);
      await this.#prune();
    });
    this.#writing = written.catch(() => undefined);
    return written;
  }

  async #prune(): Promise<void> {
    const ended = this.all().filter(({ state, release }) => state !== 'running' && release?.promoteAtMs === undefined);
    for (const { id } of ended.slice(0, Math.max(0, this.#trainings.size - this.keep))) {
      this.#trainings.delete(id);
      await rm(this.folderOf(id), { recursive: true, force: true });
    }
  }
}

function parse(path: string, text: string): Training {
  try {
    return trainingSchema.parse(JSON.parse(text));
  } catch (cause) {
    const what = cause instanceof z.ZodError ? z.prettifyError(cause) : 'it is not JSON';
    throw new JournalError(`${path} is no record of a training: ${what}; move its folder away to go on without it`, {
      cause,
    });
  }
}
