import { createHash } from 'node:crypto';

/** The three parts of the project's split. */
export const SPLIT_PARTS = ['train', 'validation', 'test'] as const;

/** One of {@link SPLIT_PARTS}. */
export type SplitPart = (typeof SPLIT_PARTS)[number];

const TRAIN_UP_TO = 0.7;
const VALIDATION_UP_TO = 0.85;

/**
 * The part of the split that a person belongs to: 70 % train, 15 % validation, 15 % test.
 *
 * The first 32 bits of SHA-256 of the pseudonym's UTF-8 bytes, read big-endian and divided by 2^32: below .70 train, below .85
 * validation, else test. It depends on nothing else, so it is the same on every machine, whatever else was read, for ever.
 */
export function partOf(patientId: string): SplitPart {
  const share = createHash('sha256').update(patientId, 'utf8').digest().readUInt32BE(0) / 2 ** 32;
  if (share < TRAIN_UP_TO) return 'train';
  return share < VALIDATION_UP_TO ? 'validation' : 'test';
}
