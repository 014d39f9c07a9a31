import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ProgressStore, replayPositionSchema, type ReplayPosition } from './progress-store.js';
import { ReplayError } from './replay-error.js';

/** Keeps the position in a file, written beside it and renamed, so that a crash leaves the old one or the new one. */
export class FileProgressStore extends ProgressStore {
  readonly #path: string;

  constructor(path: string) {
    super();
    this.#path = path;
  }

  override async load(): Promise<ReplayPosition | undefined> {
    const text = await readFile(this.#path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw new ReplayError(`The progress file ${this.#path} cannot be read (${error.code}).`);
    });
    if (text === undefined) return undefined;
    const parsed = replayPositionSchema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    throw new ReplayError(
      `${this.#path} is no progress file of a replay. Delete it, or start afresh (without --resume; npm start with --fresh).`,
    );
  }

  override async save(position: ReplayPosition): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    const beside = `${this.#path}.writing`;
    const file = await open(beside, 'w');
    try {
      await file.writeFile(`${JSON.stringify(position)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, this.#path);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
