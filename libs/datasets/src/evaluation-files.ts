import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { COHORT_IDS } from './dataset-id.js';
import { DatasetError } from './dataset-error.js';

const digest = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 digest in hex');
const count = z.int().nonnegative();

const fileSchema = z.strictObject({
  version: z.literal(1),
  dataset: z.enum(COHORT_IDS),
  /** Parts of the data set that were read, such as `set-a`; absent when all were. */
  parts: z.array(z.string().min(1)).optional(),
  split: z.strictObject({ train: count, validation: count, test: count, digest }),
  hidden: z.array(
    z.strictObject({
      seed: z.int(),
      /** How entries were chosen, such as `points`, `blocks`, `signals` or `laboratory`. */
      pattern: z.string().min(1),
      /** Share of the observed entries that is hidden, 0 to 1. */
      rate: z.number().min(0).max(1),
      /** Entries that were hidden. */
      count,
      /** Of the entries themselves, as whoever drew them defines it. */
      digest,
    }),
  ),
});

/** What names the split and the hidden entries of an evaluation: committed, so that a table can state on what it rests. */
export type EvaluationFile = z.infer<typeof fileSchema>;

/** Writes the file as JSON of two spaces, so that a change shows line by line. Throws for contents that could not be read again. */
export async function writeEvaluationFile(path: string, contents: EvaluationFile): Promise<void> {
  await writeFile(path, `${JSON.stringify(parse(contents, path), undefined, 2)}\n`);
}

/** Reads the file; rejects with a {@link DatasetError} that names the field that is wrong. */
export async function readEvaluationFile(path: string): Promise<EvaluationFile> {
  const text = await readFile(path, 'utf8');
  try {
    return parse(JSON.parse(text), path);
  } catch (error) {
    if (error instanceof DatasetError) throw error;
    throw new DatasetError(`${path} is not JSON; expected a file of split and hidden entries. Write it again.`);
  }
}

function parse(contents: unknown, path: string): EvaluationFile {
  const result = fileSchema.safeParse(contents);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  throw new DatasetError(`${path}: ${issue.path.join('.') || 'the file'}: ${issue.message}. Write it again.`);
}
