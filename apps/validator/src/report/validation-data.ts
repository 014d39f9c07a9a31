import type { CodeVersion, Machine } from '#reporting';
import type { AlertPolicy } from '#alerting';
import type { HiddenStay } from '../hidden/hidden-stay.js';
import type { StayScores } from '../scoring/stay-scores.js';
import type { StayCount } from '../stays/chosen-stays.js';
import type { StayFacts } from '../stays/stay-facts.js';

/** What a pass over the stays has cost. */
export interface PassCost {
  /** Due windows, refused ones included. */
  readonly windows: number;
  readonly scored: number;
  readonly events: number;
  readonly wallMs: number;
  /** Time that batches were with the model, added over its lanes. */
  readonly modelMs: number;
  /** Time in which the main thread was at work: replay, log, windows, reading of scores. */
  readonly mainMs: number;
  /** Processor time of the whole process during the pass: other work on the machine changes it least. */
  readonly cpuMs: number;
  readonly hiddenMs: number;
  readonly lanes: number;
}

/** Scores of one release on the stays, and what is known of it. */
export interface ValidatedRelease {
  readonly releaseId: string;
  readonly stage: string;
  /** SHA-256 of its manifest. */
  readonly digest: string;
  readonly scores: readonly StayScores[];
  readonly hidden: readonly HiddenStay[];
  readonly cost: PassCost;
}

/** Comparison of replayed scores with those that a recording holds. */
export interface LiveComparison {
  readonly releaseId: string;
  /** Recorded scores of the release. */
  readonly recorded: number;
  /** Of these, with equal bytes in the replay. */
  readonly equal: number;
  readonly different: number;
  /** Of these, not in the replay. */
  readonly missing: number;
}

/** Everything that a report is made of. */
export interface ValidationData {
  readonly command: string;
  /** What was replayed, in words. */
  readonly source: string;
  readonly everyHours: number;
  /** Whether laboratory panels brought scores before their time. @default true */
  readonly panels?: boolean;
  readonly seed: number;
  readonly resamples: number;
  readonly facts: ReadonlyMap<string, StayFacts>;
  readonly count: StayCount;
  /** One or two. */
  readonly releases: readonly ValidatedRelease[];
  readonly policies: readonly AlertPolicy[];
  readonly live: readonly LiveComparison[];
  /** SHA-256 of the stays' ids and sizes. */
  readonly dataDigest: string;
  readonly code: CodeVersion;
  readonly machine: Machine;
  readonly wallSeconds: number;
}
