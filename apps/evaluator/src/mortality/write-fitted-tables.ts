import type { ReleaseManifest } from '#model';
import type { Entry } from '#reporting';
import type { EvaluationData } from '../data/collect-data.js';
import { measuredWindows } from '../data/measured-windows.js';
import { bundleNotes } from '../data/seen-notes.js';
import { budgetNote, chosenNote } from '../fits/budget-note.js';
import { subsampleNotes } from '../tables/subsample-notes.js';
import type { Session } from '../session.js';
import type { FitTask } from './fit-task.js';
import { measureCell } from './measure-cells.js';
import { MORTALITY_COLUMNS, MORTALITY_LEGEND, mortalityEntries } from './mortality-columns.js';
import type { MortalityRow } from './mortality-row.js';
import { PUBLISHED_AFTER_MTDM, PUBLISHED_MORTALITY } from './published-mortality.js';
import type { FittedScores } from './score-with-fit.js';
import { NO_IMPUTER } from './fill-windows.js';

/** The table of AUROC by predictor and imputer, one an hour, and the table of all figures. @param bundle that stands among the methods */
export async function writeFittedTables(
  session: Session,
  data: EvaluationData,
  tasks: readonly FitTask[],
  scored: readonly FittedScores[],
  imputers: readonly string[],
  bundle: ReleaseManifest | undefined,
): Promise<void> {
  const measured: Measured[] = [];
  for (const scores of scored)
    measured.push({ scores, row: await measureCell(session, data, scores, `${scores.hour} h`) });
  const provenance = session.provenance(data);
  for (const task of tasks) {
    const ofHour = measured.filter(({ scores }) => scores.hour === task.hour);
    const predictors = [...new Set(ofHour.map(({ scores }) => scores.predictor))];
    const columns = [NO_IMPUTER, ...imputers];
    const isPaper = session.options.preset === 'paper';
    const entry = (predictor: string, imputer: string): Entry =>
      ofHour.find(({ scores }) => scores.predictor === predictor && scores.imputer === imputer)?.row.metrics.auroc;
    await session.writeTable({
      id: `mortality-auroc-${data.id}-${task.hour}h`,
      title: `Death in hospital, AUROC by predictor and imputer: ${data.id} at ${task.hour} h`,
      columns: [
        { name: 'predictor' },
        ...columns.map((name) => ({ name, interval: true })),
        ...(isPaper ? [{ name: 'published with MTDM (MIMIC-III / MIMIC-IV / eICU)' }] : []),
      ],
      rows: predictors.map((predictor) => [
        predictor,
        ...columns.map((imputer) => entry(predictor, imputer)),
        ...(isPaper ? [PUBLISHED_AFTER_MTDM[predictor] ?? '–'] : []),
      ]),
      notes: notesOf(session, [task], ofHour, bundle),
      provenance,
    });
  }
  await session.writeTable({
    id: `mortality-${data.id}`,
    title: `Death in hospital: ${data.id}`,
    columns: [{ name: 'hour' }, { name: 'method' }, ...MORTALITY_COLUMNS],
    rows: measured.map(({ scores, row }) => [
      `${scores.hour} h`,
      scores.method,
      ...mortalityEntries(row, scores.isProbability),
    ]),
    notes: [MORTALITY_LEGEND, ...notesOf(session, tasks, measured, bundle)],
    provenance,
  });
}

interface Measured {
  readonly scores: FittedScores;
  readonly row: MortalityRow;
}

function notesOf(
  session: Session,
  tasks: readonly FitTask[],
  measured: readonly Measured[],
  bundle: ReleaseManifest | undefined,
): string[] {
  return [
    `${protocolOf(session, tasks)} Column none: windows with gaps, for predictors that read no imputation.`,
    `${budgetNote(session)}${chosenNote(measured.map(({ scores }) => [scores.method, scores.chosen]))}`,
    `Published: ${PUBLISHED_MORTALITY.join(' ')}`,
    ...(bundle === undefined ? [] : notesOfBundle(tasks, bundle)),
    ...subsampleNotes(session.options),
  ];
}

/** What the bundle saw of the stays of the tasks, which its own row and what it fills in flatter by. */
function notesOfBundle(tasks: readonly FitTask[], bundle: ReleaseManifest): string[] {
  const [{ data, store }] = tasks as [FitTask];
  const measured = [...new Set(tasks.flatMap((task) => task.measured))].sort((a, b) => a - b);
  return bundleNotes({ ...data, store: measuredWindows(store, measured, data.store) }, bundle, 'all');
}

/** What was learned from and measured on, as a sentence or two. @param tasks one an hour, at least one */
export function protocolOf({ options }: Session, tasks: readonly FitTask[]): string {
  const flatters = options.split === 'validation' ? ', which are those that fits were stopped by: they flatter' : '';
  const counts = tasks.map(({ hour, training, validation, measured }) => {
    const at = tasks.length === 1 ? 'Fitted' : `At ${hour} h: fitted`;
    return options.preset === 'paper'
      ? `${at} on ${training.length} windows, no validation part and a fixed number of passes, measured on ${measured.length}.`
      : `${at} on ${training.length} windows, stopped by ${validation.length}, measured on ${measured.length}${flatters}.`;
  });
  const signals = `${tasks[0]!.store.signals.length} signals.`;
  return options.preset === 'paper'
    ? `Paper preset: first 24 hours, survivors undersampled to the number of deaths, values outside 1.5 interquartile ranges repaired over all windows, split 80 to 20 after that. ${counts.join(' ')} Risks of balanced classes are no probabilities of these patients. ${signals}`
    : `Honest preset: split by patient. ${counts.join(' ')} ${signals}`;
}
