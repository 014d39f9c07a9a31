import type { Column, Entry } from '#reporting';

/** A table of the report. */
export interface ReportTable {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Entry[])[];
  readonly notes: readonly string[];
}

/** A section of the report: tables, then pictures as SVG, then what is HTML already. */
export interface ReportPart {
  readonly heading: string;
  readonly tables: readonly ReportTable[];
  readonly pictures: readonly string[];
  readonly html?: string;
}
