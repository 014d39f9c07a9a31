/**
 * Environment of a process that trains: glibc would give large blocks back to the system after every operation, and the kernel would clear them anew. Read when
 * a process starts; the npm scripts `train` and `evaluate` set the same.
 */
export const TRAINING_MEMORY_SETTINGS = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '33554432',
  MALLOC_TRIM_THRESHOLD_: '8000000000',
  MALLOC_TOP_PAD_: '268435456',
} as const;
