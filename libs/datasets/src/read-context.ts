import type { ReadReport } from './read-report.js';
import type { ResultDelay } from './result-delay.js';

/** What every reader is given. */
export interface ReadContext {
  readonly path: string;
  /** Parts to read, such as `set-a`; absent means all that are there. */
  readonly parts: readonly string[] | undefined;
  /** What DuckDB may hold in memory, MiB. */
  readonly memoryMb: number;
  readonly delay: ResultDelay;
  readonly report: ReadReport;
}
