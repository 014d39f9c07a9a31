import { RiskScorer } from '#model';
import type { Entry } from '#reporting';
import { chooseWindows, partsToRead } from '../data/choose-windows.js';
import { requireWindows } from '../data/require-windows.js';
import { collectData, type EvaluationData } from '../data/collect-data.js';
import { bundleNotes } from '../data/seen-notes.js';
import type { Session } from '../session.js';
import { subsampleNotes } from '../tables/subsample-notes.js';
import { bedsideScores } from './bedside-scores.js';
import { measureCell } from './measure-cells.js';
import { MORTALITY_COLUMNS, MORTALITY_LEGEND, mortalityEntries } from './mortality-columns.js';
import { scoreWithBundle } from './score-with-bundle.js';
import type { ScoredHour } from './scored-windows.js';
import { subgroupsOf } from './subgroups.js';
import { writeMortalityPictures, writeMortalityPredictions } from './write-mortality.js';

/** Holds a bundle against data, nothing fitted: scores as they are served, beside the scores of the bedside on the same stays. */
export async function mortalityOfBundle(session: Session, directory: string): Promise<void> {
  const { options, context } = session;
  const scorer = await RiskScorer.load(directory, { engine: 'auto', threads: 1, forEvaluationOnly: true });
  try {
    context.print(`${scorer.manifest.releaseId} on ${scorer.engine.name}`);
    const data = await collectData(
      options,
      {
        parts: (id, datasetParts) => partsToRead(options.split, id, datasetParts, scorer.manifest.training),
        endHours: options.hours,
        randomEnds: 0,
      },
      context,
    );
    const found = [];
    for (const one of data) found.push({ data: one, scored: await tablesOf(session, scorer, one) });
    await writeMortalityPredictions(session, 'mortality-predictions', found);
    const { releaseId, stage, hyper, sampler, calibration, training, files } = scorer.manifest;
    await session.finish(data, {
      engine: scorer.engine.name,
      hyperParameters: { hyper, sampler, calibration, hours: options.hours, split: options.split },
      bundle: { releaseId, stage, files, trainedOn: training?.datasets ?? [], trainingSeed: training?.seed },
    });
  } finally {
    await scorer.close();
  }
}

async function tablesOf(session: Session, scorer: RiskScorer, data: EvaluationData): Promise<ScoredHour[]> {
  const { options, context } = session;
  const { training } = scorer.manifest;
  const all: ScoredHour[] = [];
  for (const hour of options.hours) {
    const indices = chooseWindows(data.store, hour, options.split, training);
    if (indices.length === 0) {
      context.print(`${data.id} at ${hour} h: no window of the stays chosen by --split ${options.split}`);
      continue;
    }
    const scored = [
      await scoreWithBundle(session, scorer, data, hour, indices),
      ...(await bedsideScores(context.methods, data, hour, indices)),
    ];
    await writeMortalityPictures(session, data, hour, scored);
    all.push(...scored);
  }
  requireWindows(data.id, all.length, options);
  await writeMainTable(session, scorer, data, all);
  await writeSubgroupTable(session, scorer, data, all);
  return all;
}

async function writeMainTable(
  session: Session,
  scorer: RiskScorer,
  data: EvaluationData,
  all: readonly ScoredHour[],
): Promise<void> {
  const rows: Entry[][] = [];
  for (const scored of all)
    rows.push([
      `${scored.hour} h`,
      scored.method,
      ...mortalityEntries(await measureCell(session, data, scored, `${scored.hour} h`), scored.isProbability),
    ]);
  await session.writeTable({
    id: `mortality-${data.id}`,
    title: `Death in hospital: ${scorer.manifest.releaseId} on ${data.id}`,
    columns: [{ name: 'hour' }, { name: 'method' }, ...MORTALITY_COLUMNS],
    rows,
    notes: notesOf(session, scorer, data),
    provenance: session.provenance(data),
  });
}

async function writeSubgroupTable(
  session: Session,
  scorer: RiskScorer,
  data: EvaluationData,
  all: readonly ScoredHour[],
): Promise<void> {
  const rows: Entry[][] = [];
  for (const scored of all) {
    if (scored.method !== scorer.manifest.releaseId) continue;
    for (const { name, rows: own } of subgroupsOf(data.store, scored.indices))
      rows.push([
        `${scored.hour} h`,
        name,
        ...mortalityEntries(
          await measureCell(session, data, scored, `${scored.hour} h, ${name}`, own),
          scored.isProbability,
        ),
      ]);
  }
  await session.writeTable({
    id: `mortality-groups-${data.id}`,
    title: `Death in hospital by group: ${scorer.manifest.releaseId} on ${data.id}`,
    columns: [{ name: 'hour' }, { name: 'group' }, ...MORTALITY_COLUMNS],
    rows,
    notes: [
      'Missing: share of the entries of the window (signals x hours) that were not measured. A group with a handful of deaths says next to nothing.',
      ...notesOf(session, scorer, data),
    ],
    provenance: session.provenance(data),
  });
}

function notesOf({ options }: Session, { manifest }: RiskScorer, data: EvaluationData): string[] {
  return [MORTALITY_LEGEND, ...bundleNotes(data, manifest, options.split), ...subsampleNotes(options)];
}
