/** A release that should score and does not: a technical alarm. */
export interface ReleaseAlarm {
  readonly role: 'champion' | 'shadow';
  readonly releaseId: string;
  readonly digest: string;
  /** One sentence. */
  readonly reason: string;
  readonly sinceMs: number;
  /** Whether it is tried again without being told to. */
  readonly triedAgain: boolean;
}

/** How the last switch went, milliseconds. */
export interface SwitchTimes {
  readonly fetchMs: number;
  readonly loadMs: number;
  readonly warmMs: number;
  /** From the decision to switch until every window that waits is the new release's. */
  readonly switchMs: number;
}

/** What `GET /releases` of the scorer says. */
export interface ReleaseStatus {
  readonly live: {
    readonly releaseId: string;
    readonly stage: string;
    readonly engine: string;
    /** Absent for a release that was given by a folder. */
    readonly digest?: string;
    readonly sinceMs: number;
  };
  /** Whether the scorer follows `model-releases`, or serves one fixed release. */
  readonly follows: boolean;
  /** The champion as the log has it. */
  readonly champion?: { readonly releaseId: string; readonly digest: string };
  readonly shadows: readonly { readonly releaseId: string; readonly digest: string; readonly share: number }[];
  readonly alarms: readonly ReleaseAlarm[];
  readonly lastSwitch?: SwitchTimes & { readonly from: string; readonly to: string; readonly atMs: number };
  readonly switches: number;
  /** Releases that were held against their parity case before they scored, by what came of it. */
  readonly parity: Readonly<Record<'passed' | 'skipped' | 'failed', number>>;
}
