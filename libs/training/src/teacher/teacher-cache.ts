import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WindowEncoder } from '../batches/window-encoder.js';
import { crossFittedTeacher, TEACHER_SETTINGS, type TeacherOptions } from './cross-fitted-teacher.js';

/** Raise it when what the teacher is changes, so that no old file is read. */
const CACHE_VERSION = 1;

/**
 * The opinions of {@link crossFittedTeacher}, kept in a file, since growing the trees takes minutes.
 *
 * @param dataDigest names the windows
 */
export async function cachedTeacher(
  encoder: WindowEncoder,
  dataDigest: string,
  cacheDirectory: string,
  options: TeacherOptions,
): Promise<Float32Array> {
  const { seed, settings = TEACHER_SETTINGS } = options;
  const key = createHash('sha256')
    .update(JSON.stringify([CACHE_VERSION, dataDigest, seed, settings]))
    .digest('hex');
  const path = join(cacheDirectory, `teacher-${key.slice(0, 16)}.bin`);
  const bytes = await readFile(path).catch(() => undefined);
  if (bytes?.length === 4 * encoder.store.labels.length) return new Float32Array(Uint8Array.from(bytes).buffer);
  const teacher = crossFittedTeacher(encoder, options);
  await mkdir(cacheDirectory, { recursive: true });
  await writeFile(`${path}.partial`, Buffer.from(teacher.buffer), { flush: true });
  await rename(`${path}.partial`, path);
  return teacher;
}
