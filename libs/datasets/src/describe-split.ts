import { createHash } from 'node:crypto';
import { partOf, SPLIT_PARTS, type SplitPart } from './part-of.js';

/** A split by patient as a table can state it: persons of each part, and a digest that names this very split. */
export interface SplitDescription extends Readonly<Record<SplitPart, number>> {
  /** SHA-256 (hex) over the lines `part patient-id`, sorted by patient id in the order of UTF-16 units; repeats count once. */
  readonly digest: string;
}

/** Describes the split of these persons by {@link partOf}; their order and repeats do not matter. */
export function describeSplit(patientIds: Iterable<string>): SplitDescription {
  const counts = Object.fromEntries(SPLIT_PARTS.map((part) => [part, 0])) as Record<SplitPart, number>;
  const hash = createHash('sha256');
  for (const patientId of [...new Set(patientIds)].sort()) {
    const part = partOf(patientId);
    counts[part] += 1;
    hash.update(`${part} ${patientId}\n`, 'utf8');
  }
  return { ...counts, digest: hash.digest('hex') };
}
