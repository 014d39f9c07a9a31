import { codeVersionText, htmlPage, htmlTable, NOTICE, escapeHtml, type Entry, type HtmlSection } from '#reporting';
import { alarmsPart } from './alarms-part.js';
import { discriminationPart } from './discrimination-part.js';
import { hoursPart } from './hours-part.js';
import { imputationPart } from './imputation-part.js';
import { judgedScores } from './judged-scores.js';
import { livePart } from './live-part.js';
import { overviewPart } from './overview-part.js';
import { pairedPart } from './paired-part.js';
import type { ReportPart, ReportTable } from './report-part.js';
import { speedPart } from './speed-part.js';
import { staysPart } from './stays-part.js';
import type { ValidationData } from './validation-data.js';

/** A validation report in its two forms. */
export interface ValidationReport {
  /** One self-contained page. */
  readonly html: string;
  /** The same tables for programs: rows as objects by the names of their columns, estimates with their interval. */
  readonly json: ValidationJson;
}

/** See {@link ValidationReport}. */
export interface ValidationJson {
  readonly schemaVersion: 1;
  readonly notice: string;
  readonly command: string;
  readonly source: string;
  readonly releases: readonly { readonly releaseId: string; readonly stage: string; readonly digest: string }[];
  readonly stays: number;
  readonly dataDigest: string;
  readonly everyHours: number;
  readonly seed: number;
  readonly resamples: number;
  readonly code: string;
  readonly machine: ValidationData['machine'];
  readonly wallSeconds: number;
  readonly tables: Readonly<
    Record<string, { readonly title: string; readonly rows: readonly JsonRow[]; readonly notes: readonly string[] }>
  >;
}

type JsonRow = Readonly<Record<string, Entry | null>>;

/** Computes every figure and draws every picture. @param say told what is being computed, for that takes minutes on many stays */
export async function buildReport(data: ValidationData, say: (line: string) => void): Promise<ValidationReport> {
  const scores = judgedScores(data);
  const parts: ReportPart[] = [overviewPart(data)];
  const add = (part: ReportPart | undefined): void => void (part === undefined || parts.push(part));
  if (scores.news2.rows.stays.length > 0) {
    say(`figures of ${scores.news2.rows.stays.length} scores, ${data.resamples} resamples`);
    add(await discriminationPart(data, scores));
    add(pairedPart(data, scores));
    add(await hoursPart(data, scores, 'since admission'));
    add(await hoursPart(data, scores, 'before death or the end'));
    say('alarms');
    add(await alarmsPart(data, scores));
  }
  add(imputationPart(data));
  if (scores.news2.rows.stays.length > 0) add(await staysPart(data, scores));
  add(livePart(data));
  add(speedPart(data));
  return { html: pageOf(data, parts), json: jsonOf(data, parts) };
}

function pageOf(data: ValidationData, parts: readonly ReportPart[]): string {
  const { releases, source, everyHours, panels = true, command, seed, resamples, dataDigest, code, wallSeconds } = data;
  const names = releases.map(({ releaseId }) => releaseId).join(' and ');
  return htmlPage({
    title: `Validation of ${names}`,
    lead: [
      `${source}, replayed by availability time through the scorer, every ${everyHours} h of a stay's time${panels ? ' and at each new laboratory panel' : ''}. NEWS2 of the same windows stands beside everything.`,
    ],
    sections: parts.map(sectionOf),
    provenance: [
      command,
      `Seed ${seed}, ${resamples} resamples, data ${dataDigest.slice(0, 12)}, code ${codeVersionText(code)}, ${wallSeconds.toFixed(0)} s.`,
      ...releases.map(({ releaseId, stage, digest }) => `${releaseId} (${stage}), manifest ${digest.slice(0, 12)}.`),
    ],
  });
}

function sectionOf({ heading, tables, pictures, html }: ReportPart): HtmlSection {
  const blocks = [
    ...tables.map((table) => `<h3>${escapeHtml(table.title)}</h3>\n${htmlTable(table)}`),
    ...(pictures.length === 0 ? [] : [`<div class="pictures">\n${pictures.join('\n')}\n</div>`]),
    ...(html === undefined ? [] : [html]),
  ];
  return { heading, html: blocks.join('\n') };
}

function jsonOf(data: ValidationData, parts: readonly ReportPart[]): ValidationJson {
  const { command, source, releases, facts, dataDigest, everyHours, seed, resamples, code, machine, wallSeconds } =
    data;
  return {
    ...{ schemaVersion: 1, notice: NOTICE, command, source },
    releases: releases.map(({ releaseId, stage, digest }) => ({ releaseId, stage, digest })),
    ...{
      stays: facts.size,
      dataDigest,
      everyHours,
      seed,
      resamples,
      code: codeVersionText(code),
      machine,
      wallSeconds,
    },
    tables: Object.fromEntries(parts.flatMap(({ tables }) => tables).map((table) => [table.id, jsonTable(table)])),
  };
}

function jsonTable({ title, columns, rows, notes }: ReportTable): ValidationJson['tables'][string] {
  return {
    title,
    notes,
    rows: rows.map((row) => Object.fromEntries(columns.map(({ name }, at) => [name, row[at] ?? null]))),
  };
}
