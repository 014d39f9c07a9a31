import type { Estimate } from '#evaluation';

/** One entry of a table; undefined where a figure is not defined for the row. */
export type Entry = string | number | Estimate | undefined;

/** A column: its head, and the digits of its figures behind the point. */
export interface Column {
  readonly name: string;
  /** @default 3 */
  readonly digits?: number;
  /** Whether entries carry an interval; CSV then has three columns. */
  readonly interval?: boolean;
}

/** Where the figures of a table come from; printed below it. */
export interface Provenance {
  readonly command: string;
  readonly seed: number;
  readonly dataDigest: string;
  /** Of the entries that were hidden, where any were. */
  readonly hiddenDigest?: string;
  readonly code: string;
  readonly wallSeconds: number;
}

/** A table as it is written. */
export interface Table {
  /** Name of its files. */
  readonly id: string;
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Entry[])[];
  /** Sentences below the table: what was seen in training, what was left out. */
  readonly notes: readonly string[];
  readonly provenance: Provenance;
}

/** Stands below every table. */
export const NOTICE = 'Research software, not a medical device.';
