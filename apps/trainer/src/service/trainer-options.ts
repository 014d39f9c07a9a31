import type { HealthRegistry, ServiceLogger } from '#service';
import type { EventLog } from '#stream';
import type { ReleaseShelf } from '../trainings/release-shelf.js';
import type { RunChild } from '../trainings/run-child.js';

/** What a trainer is made with. The log belongs to the caller and is not closed here. */
export interface TrainerOptions {
  readonly log: EventLog;
  readonly logger: ServiceLogger;
  /** Where releases come from and go to. */
  readonly shelf: ReleaseShelf;
  /** Folder of the training set, the trainings and the counts of drift. */
  readonly directory: string;
  /** @default 'apps/trainer/policies/gate-1.json' */
  readonly gatePolicy?: string;
  /** @default 'apps/trainer/policies/drift-1.json' */
  readonly driftPolicy?: string;
  /** Cron expression of the trainings that start by themselves. */
  readonly schedule?: string | undefined;
  /** @default 'UTC' */
  readonly timeZone?: string;
  /** Outcomes since the last training that start one. */
  readonly afterOutcomes?: number | undefined;
  /** @default 24 */
  readonly leastHoursBetween?: number;
  /** Further words of the command line `train`, such as `--sizes tiny`. @default none */
  readonly trainWords?: readonly string[];
  /** Trainings that are kept. @default 50 */
  readonly keep?: number;
  /** Partitions of the topics, when they do not exist yet. @default 12 */
  readonly partitions?: number;
  /** Where it is served; nowhere when absent. Port 0 takes a free one. */
  readonly http?: {
    readonly host: string;
    readonly port: number;
    readonly token?: string | undefined;
    readonly withoutToken?: boolean;
  };
  /** Gather the process's own metrics too; once a process. @default false */
  readonly processMetrics?: boolean;
  readonly health?: HealthRegistry;
  /** @default the computer's clock */
  readonly nowMs?: () => number;
  /** Calls back after so many milliseconds, again and again, until the returned function is called. @default setInterval */
  readonly every?: (ms: number, call: () => void) => () => void;
  /** How processes are run. @default in processes of their own */
  readonly runChild?: RunChild;
  /** Something unexpected happened; the process should stop and start again. Called once. */
  readonly onFailure: (error: Error) => void;
}
