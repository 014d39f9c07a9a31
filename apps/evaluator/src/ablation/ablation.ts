import { TensorRuntime } from '#engine';
import type { Entry } from '#reporting';
import { WindowEncoder } from '#training';
import { chooseMethods } from '../choose-methods.js';
import type { EvaluateOptions } from '../command-line.js';
import type { FitTask } from '../mortality/fit-task.js';
import { measureCell } from '../mortality/measure-cells.js';
import { MORTALITY_COLUMNS, MORTALITY_LEGEND, mortalityEntries } from '../mortality/mortality-columns.js';
import { PUBLISHED_AFTER_MTDM } from '../mortality/published-mortality.js';
import type { ScoredHour } from '../mortality/scored-windows.js';
import { writeMortalityPictures, writeMortalityPredictions } from '../mortality/write-mortality.js';
import { protocolOf } from '../mortality/write-fitted-tables.js';
import { ourTasks } from '../ours/our-data.js';
import { readWindows } from '../ours/read-windows.js';
import { lossWeightsOf, settingsOf, trainOurs, type OursVariant } from '../ours/train-ours.js';
import type { Session } from '../session.js';
import { subsampleNotes } from '../tables/subsample-notes.js';

/** Our networks with less and less taken away, each trained anew: single task, multi task, multi task + Siamese. */
export async function ablation(session: Session): Promise<void> {
  const { options } = session;
  const variants = variantsOf(options);
  const names = chooseMethods(
    '--methods',
    options.methods,
    variants.map(({ name }) => name),
  );
  const runtime = await TensorRuntime.load(options.engine);
  const tasks = await ourTasks(session);
  const found = [];
  for (const task of tasks) {
    const data = { ...task.data, store: task.store };
    const scored: ScoredHour[] = [];
    for (const variant of variants.filter(({ name }) => names.includes(name)))
      scored.push(await scoreVariant(session, runtime, task, variant));
    await writeTable(session, task, scored);
    await writeMortalityPictures(session, data, task.hour, scored);
    found.push({ data, scored });
  }
  await writeMortalityPredictions(session, 'ablation-predictions', found);
  await session.finish(
    found.map(({ data }) => data),
    { engine: runtime.name, hyperParameters: { settings: settingsOf(options, tasks[0]!, variants[0]!), variants } },
  );
}

function variantsOf(options: EvaluateOptions): OursVariant[] {
  const lossWeights = lossWeightsOf(options);
  const withoutContrast = { ...lossWeights, contrastive: 0 };
  return [
    { name: 'single-task', lossWeights: withoutContrast, mortalityReachesImputer: false },
    { name: 'multi-task', lossWeights: withoutContrast, mortalityReachesImputer: true },
    { name: 'multi-task-siamese', lossWeights, mortalityReachesImputer: true },
  ];
}

async function scoreVariant(
  session: Session,
  runtime: TensorRuntime,
  task: FitTask,
  variant: OursVariant,
): Promise<ScoredHour> {
  const settings = settingsOf(session.options, task, variant);
  const { arrays } = await session.cells.cell(
    { kind: 'ablation', name: `${variant.name}, ${task.data.id}`, decides: { ...task.decides, settings } },
    async () => {
      session.context.print(`training ${variant.name} on ${task.data.id}`);
      const weights = await trainOurs(session, runtime, task, settings);
      const encoder = new WindowEncoder(task.store, task.scales);
      const { risks } = readWindows(runtime, settings.hyper, weights, encoder, task.measured);
      return { value: {}, arrays: { risks } };
    },
  );
  const risks = [...arrays['risks']!];
  return { method: variant.name, hour: task.hour, indices: task.measured, risks, isProbability: true };
}

async function writeTable(session: Session, task: FitTask, scored: readonly ScoredHour[]): Promise<void> {
  const data = { ...task.data, store: task.store };
  const rows: Entry[][] = [];
  for (const one of scored) {
    const row = await measureCell(session, data, one, 'ablation');
    rows.push([
      one.method,
      ...mortalityEntries(row, one.isProbability),
      ...(session.options.preset === 'paper' ? [PUBLISHED_AFTER_MTDM[one.method] ?? '–'] : []),
    ]);
  }
  const isPaper = session.options.preset === 'paper';
  await session.writeTable({
    id: `ablation-${data.id}`,
    title: `Ablation, death in hospital: ${data.id} at ${task.hour} h`,
    columns: [
      { name: 'training' },
      ...MORTALITY_COLUMNS,
      ...(isPaper ? [{ name: 'published AUROC (MIMIC-III / MIMIC-IV / eICU)' }] : []),
    ],
    rows,
    notes: [
      'Single task: the imputer learns from hidden entries alone, the risk network from its output. Multi task: the mortality gradient reaches the imputer. Siamese: the contrastive loss is added. No teacher, not calibrated, gaps filled with the centre of the imputer. Published: an ablation by AUROC without intervals.',
      MORTALITY_LEGEND,
      protocolOf(session, [task]),
      ...subsampleNotes(session.options),
    ],
    provenance: session.provenance(data),
  });
}
