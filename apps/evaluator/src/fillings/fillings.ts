import { RiskScorer } from '#model';
import { chooseWindows, partsToRead } from '../data/choose-windows.js';
import { collectData, type EvaluationData } from '../data/collect-data.js';
import { requireWindows } from '../data/require-windows.js';
import { digestOfWindows } from '../data/digest-of-windows.js';
import { selectSignals } from '../data/select-signals.js';
import { noiseKeyOf } from '../mortality/score-with-bundle.js';
import type { ScoredHour } from '../mortality/scored-windows.js';
import { writeMortalityPredictions } from '../mortality/write-mortality.js';
import { UsageError } from '../run-context.js';
import type { Session } from '../session.js';
import { fillAndAssess } from './fill-and-assess.js';
import { hiddenWidthRows, writeHiddenWidths, type WindowsOfHour } from './hidden-widths.js';
import { FILLED_RISKS, FILLINGS, SERVED, type FilledRisk } from './filling-methods.js';
import { writeFillings, type FilledHour } from './write-fillings.js';

/** Windows of a cell: a stop waits for one of them at most. */
const CELL_WINDOWS = 500;

/** What the imputed values bring to a bundle's risk: its risk network reads the same windows with their gaps filled in several ways. */
export async function fillings(session: Session): Promise<void> {
  const { options, context } = session;
  if (options.bundle === undefined) throw new UsageError('fillings: name the bundle with --bundle DIR');
  const scorer = await RiskScorer.load(options.bundle, { engine: 'auto', threads: 1, forEvaluationOnly: true });
  try {
    const { releaseId, stage, files, sampler, calibration, training } = scorer.manifest;
    context.print(`${releaseId} on ${scorer.engine.name}`);
    const data = await collectData(
      options,
      {
        parts: (id, datasetParts) => partsToRead(options.split, id, datasetParts, training),
        endHours: options.hours,
        randomEnds: 0,
      },
      context,
    );
    const found = [];
    for (const one of data) {
      const hours = await fillHours(session, scorer, one);
      requireWindows(one.id, hours.length, options);
      await writeFillings(session, scorer.manifest, one, hours);
      const store = selectSignals(one.store, scorer.manifest.signals);
      const widths = [];
      for (const { hour, indices } of hours)
        widths.push(...(await hiddenWidthRows(session, scorer, { data: one, store, hour, indices })));
      await writeHiddenWidths(session, scorer.manifest, one, widths);
      found.push({ data: one, scored: hours.flatMap(scoredWindows) });
    }
    await writeMortalityPredictions(session, 'fillings-predictions', found);
    await session.finish(data, {
      engine: scorer.engine.name,
      hyperParameters: { sampler, calibration, hours: options.hours, split: options.split },
      bundle: { releaseId, stage, files },
    });
  } finally {
    await scorer.close();
  }
}

async function fillHours(session: Session, scorer: RiskScorer, data: EvaluationData): Promise<FilledHour[]> {
  const { options, context } = session;
  const store = selectSignals(data.store, scorer.manifest.signals);
  const found: FilledHour[] = [];
  for (const hour of options.hours) {
    const indices = chooseWindows(store, hour, options.split, scorer.manifest.training);
    if (indices.length === 0) context.print(`${data.id} at ${hour} h: no window of the stays chosen by --split`);
    else found.push({ hour, indices, risks: await risksAt(session, scorer, { data, store, hour, indices }) });
  }
  return found;
}

async function risksAt(
  session: Session,
  scorer: RiskScorer,
  { data, store, hour, indices }: WindowsOfHour,
): Promise<FilledHour['risks']> {
  const { releaseId, files, calibration, sampler } = scorer.manifest;
  const { seed } = session.options;
  const parts: Record<string, Float32Array>[] = [];
  for (let first = 0; first < indices.length; first += CELL_WINDOWS) {
    const chosen = indices.slice(first, first + CELL_WINDOWS);
    const { arrays } = await session.cells.cell(
      {
        kind: 'refill',
        name: `${releaseId}, ${data.id} at ${hour} h, windows ${first + 1} to ${first + chosen.length} of ${indices.length}`,
        decides: {
          bundle: { files, calibration, sampler },
          windows: digestOfWindows(store, chosen),
          seed,
          engine: scorer.engine.name,
        },
      },
      async () => {
        const keys = chosen.map((index) => noiseKeyOf(store.labels[index]!, seed));
        return { value: { windows: chosen.length }, arrays: await fillAndAssess(scorer, store, chosen, keys) };
      },
    );
    parts.push(arrays);
  }
  return Object.fromEntries(FILLED_RISKS.map((id) => [id, parts.flatMap((part) => [...part[id]!])])) as Record<
    FilledRisk,
    number[]
  >;
}

function scoredWindows({ hour, indices, risks }: FilledHour): ScoredHour[] {
  return FILLINGS.map(({ id }) => ({
    method: id,
    hour,
    indices,
    risks: risks[id],
    ...(id === SERVED.id ? { low: risks.low, high: risks.high } : {}),
    isProbability: true,
  }));
}
