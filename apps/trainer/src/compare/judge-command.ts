import { readDataset, type RecordedStay } from '#datasets';
import { readManifest, RiskScorer } from '#model';
import type { DatasetPath } from '#training';
import { Command } from 'commander';
import { readFile } from 'node:fs/promises';
import { gatePolicySchema } from '../gate/gate-policy.js';
import { readPolicy } from '../policy-file.js';
import { readDatasetFlag } from '../read-dataset-flag.js';
import { tellParent } from '../trainings/child-message.js';
import { writeDurably } from '../trainings/write-durably.js';
import { compareReleases } from './compare-releases.js';
import { heldOutPlanSchema, heldOutStays, planHeldOut } from './plan-held-out.js';
import { scoreHeldOut } from './score-held-out.js';

const SEED = 7;

/** The command `judge`, which parts stays by time and sets two releases side by side on the later ones. */
export function judgeCommand(print: (line: string) => void, signal: AbortSignal): Command {
  const judge = new Command('judge').description(
    'Judges a candidate beside the champion on stays that ended later than those it learned from.\n' +
      'Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.',
  );
  const shared = (name: string): Command =>
    judge
      .command(name)
      .requiredOption('--dataset <id=path>', 'a data set that keeps its dates, and its folder', readDatasetFlag)
      .requiredOption('--policy <file>', 'policy of the gate')
      .requiredOption('--out <file>', 'where the result is written, as JSON');
  shared('plan')
    .description('parts the stays: what a training may see, and what it is judged by')
    .option('--champion <folder>', 'bundle that is served: no stay is held out that it has learned from')
    .action(async (options: PlanOptions) => print(await plan(options)));
  shared('compare')
    .description('scores the held-out stays with both releases')
    .requiredOption('--plan <file>', 'as the command plan wrote it')
    .requiredOption('--champion <folder>', 'bundle that is served')
    .requiredOption('--candidate <folder>', 'bundle that would take its place')
    .action(async (options: CompareOptions) => print(await compare(options, signal)));
  return judge;
}

interface PlanOptions {
  readonly champion?: string;
  readonly dataset: DatasetPath;
  readonly policy: string;
  readonly out: string;
}

interface CompareOptions extends PlanOptions {
  readonly champion: string;
  readonly plan: string;
  readonly candidate: string;
}

async function plan({ dataset, policy, out, champion }: PlanOptions): Promise<string> {
  tellParent({ kind: 'phase', phase: 'planning' });
  const { heldOut } = await readPolicy(policy, gatePolicySchema);
  const { training } = champion === undefined ? {} : await readManifest(champion);
  const planned = await planHeldOut(stays(dataset), heldOut, training?.learnedBeforeMs);
  await writeDurably(out, `${JSON.stringify(planned, null, 2)}\n`);
  return `${planned.training.stays} stays to learn from, ${planned.heldOut.stays} with ${planned.heldOut.deaths} deaths held out`;
}

async function compare(options: CompareOptions, signal: AbortSignal): Promise<string> {
  const { heldOut } = await readPolicy(options.policy, gatePolicySchema);
  const planned = heldOutPlanSchema.parse(JSON.parse(await readFile(options.plan, 'utf8')));
  const load = (directory: string): Promise<RiskScorer> => RiskScorer.load(directory, { engine: 'auto', threads: 1 });
  const champion = await load(options.champion);
  const candidate = await load(options.candidate);
  tellParent({ kind: 'phase', phase: 'scoring' });
  const onStay = (done: number): void => tellParent({ kind: 'part', done, of: planned.heldOut.stays });
  const scored = await scoreHeldOut(
    heldOutStays(stays(options.dataset), planned),
    { champion, candidate },
    { ...heldOut, onStay, signal },
  ).finally(() => Promise.all([champion.close(), candidate.close()]));
  tellParent({ kind: 'phase', phase: 'comparing' });
  const comparison = compareReleases(scored, heldOut, {
    champion: champion.manifest.releaseId,
    candidate: candidate.manifest.releaseId,
    ...{ fromMs: planned.fromMs, toMs: planned.toMs, seed: SEED },
  });
  await writeDurably(options.out, `${JSON.stringify(comparison, null, 2)}\n`);
  return `${comparison.candidate} beside ${comparison.champion} on ${scored.length} stays: ${options.out}`;
}

function stays({ id, path }: DatasetPath): AsyncIterable<RecordedStay> {
  return readDataset({ id, path });
}
