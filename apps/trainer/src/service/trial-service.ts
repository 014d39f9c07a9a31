import 'reflect-metadata';
import { readDataset } from '#datasets';
import { ServiceLogger } from '#service';
import { MemoryBroker, MemoryEventLog } from '#stream';
import { encodeEvent, STAY_OUTCOME, topicLayout, TOPICS, type CompletedStay } from '#wire';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { planHeldOut } from '../compare/plan-held-out.js';
import { gatePolicySchema } from '../gate/gate-policy.js';
import { readPolicy } from '../policy-file.js';
import { evidence } from '../trainings/desk-trial.js';
import { LoneRelease } from '../trainings/release-shelf.js';
import { runChild, type ChildEnd, type ChildTask } from '../trainings/run-child.js';
import { createTrainer } from './create-trainer.js';

/**
 * The process that is killed in trainer-survives-kill.spec.ts: a trainer's service in the folder given, with the champion and the ended stays given. It takes up the
 * training that ran, or starts one, prints every step of it, and ends with it. Only what trains is a process of its own; plan and comparison are made here.
 */
const [directory, champion, stays] = process.argv.slice(2) as [string, string, string];
const WORDS =
  '--pretrain-epochs 0 --epochs 3 --patience 3 --teacher-share 0 --batch-size 6 --random-ends 0 --engine cpu';
const POLICY = 'apps/trainer/policies/gate-1.json';

async function run(task: ChildTask): Promise<ChildEnd> {
  const after = (word: string): string => task.words[task.words.indexOf(word) + 1]!;
  if (task.name === 'train') {
    const onMessage: ChildTask['onMessage'] = (message) => {
      task.onMessage(message);
      if (message.kind === 'step') process.stdout.write(`${message.epoch} ${message.batch}\n`);
    };
    return runChild({ ...task, onMessage });
  }
  // what the optimiser knew at the end: a bundle has the best epoch only, which may be one of before the kill
  if (task.name === 'compare') await cp(join(task.folder, 'work'), join(directory, 'work-at-end'), { recursive: true });
  const { heldOut } = await readPolicy(POLICY, gatePolicySchema);
  const frozen = readDataset({ id: 'local', path: after('--dataset').slice('local='.length) });
  const made = task.name === 'plan' ? await planHeldOut(frozen, heldOut) : evidence(0.02);
  await writeFile(after('--out'), JSON.stringify(made));
  return { code: 0 };
}

const log = new MemoryEventLog(new MemoryBroker());
await log.ensureTopics([topicLayout(TOPICS.stayOutcomes, 1)]);
const ended = JSON.parse(await readFile(stays, 'utf8')) as CompletedStay[];
const records = ended.map((stay) => {
  const { stayId: key, endedAtMs: timeMs } = stay;
  return encodeEvent({ type: STAY_OUTCOME, source: '/spec', id: key, key, timeMs }, stay);
});
await log.append(TOPICS.stayOutcomes, records);
const trainer = await createTrainer({
  ...{ log, directory, partitions: 1, trainWords: WORDS.split(' '), runChild: run, gatePolicy: POLICY },
  shelf: new LoneRelease({ releaseId: 'untrained-spec', directory: champion }),
  logger: new ServiceLogger({ service: 'trainer', level: 'silent' }),
  // a clock that stands still, so that every process gives its training the same name
  nowMs: () => Date.UTC(2026, 11, 1),
  every: () => () => undefined,
  onFailure: (error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
});
if (trainer.journal.running() === undefined)
  await trainer.desk.start({ trigger: 'request', by: 'spec', why: 'to be killed', evenIfFew: true });
await trainer.desk.idle();
await trainer.stop();
await log.close();
await writeFile(join(directory, 'ended.json'), JSON.stringify(trainer.journal.all()));
