import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { hiddenStaySchema } from '../hidden/hidden-stay.js';
import { stayScoresSchema } from '../scoring/stay-scores.js';

const chunkSchema = z.strictObject({
  version: z.literal(2),
  /** What decides the scores: release, stays, hours between scores, code version. */
  key: z.record(z.string(), z.unknown()),
  /** Engine that computed, such as `onnx-cpu`. */
  engine: z.string(),
  scores: z.array(stayScoresSchema),
  hidden: z.array(hiddenStaySchema),
  cost: z.strictObject({
    windows: z.number(),
    scored: z.number(),
    events: z.number(),
    wallMs: z.number(),
    modelMs: z.number(),
    mainMs: z.number(),
    cpuMs: z.number(),
    hiddenMs: z.number(),
    lanes: z.number(),
  }),
});

/** Scores of some stays by one release, and what they cost. */
export type ScoredChunk = z.infer<typeof chunkSchema>;

/**
 * Scores as they are made, one file for some dozens of stays, so that a validation that was stopped goes on where it was.
 *
 * A file is named by the digest of everything that decides its scores and is written beside its place and renamed: it is whole or not there.
 */
export class ChunkStore {
  constructor(private readonly folder: string) {}

  /** The chunk of this key, or undefined when it is not there or cannot be read, and is then made anew. */
  async load(key: Readonly<Record<string, unknown>>): Promise<ScoredChunk | undefined> {
    try {
      const text = gunzipSync(await readFile(this.pathOf(key))).toString('utf8');
      return chunkSchema.safeParse(JSON.parse(text)).data;
    } catch {
      return undefined;
    }
  }

  async save(chunk: ScoredChunk): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const path = this.pathOf(chunk.key);
    await writeFile(`${path}.partial`, gzipSync(JSON.stringify(chunk)));
    await rename(`${path}.partial`, path);
  }

  private pathOf(key: Readonly<Record<string, unknown>>): string {
    const digest = createHash('sha256').update(JSON.stringify(key)).digest('hex');
    return join(this.folder, `${digest.slice(0, 24)}.json.gz`);
  }
}
