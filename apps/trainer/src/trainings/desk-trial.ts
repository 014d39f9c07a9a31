import { ServiceLogger } from '#service';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HeldOutPlan } from '../compare/plan-held-out.js';
import { COMPARED_FIGURES, type Comparison } from '../gate/comparison.js';
import { gatePolicySchema, type GatePolicy } from '../gate/gate-policy.js';
import { readPolicy } from '../policy-file.js';
import type { LocalStaysSummary } from './local-stays.js';
import { ReleaseShelf, type ShelfNote, type ShelvedRelease } from './release-shelf.js';
import type { ChildEnd, ChildTask } from './run-child.js';
import { TrainingDesk } from './training-desk.js';
import { TrainingJournal } from './training-journal.js';

/** A shelf in memory that notes what was asked of it, for specs. */
export class NotedShelf extends ReleaseShelf {
  readonly hasRegistry = true;
  readonly calls: string[] = [];
  readonly notes: ShelfNote[] = [];
  served: ShelvedRelease = { releaseId: 'champion-1', directory: '/releases/champion-1' };
  /** Thrown by the next call. */
  next: Error | undefined;

  async champion(): Promise<ShelvedRelease> {
    this.#fail();
    return this.served;
  }

  async championId(): Promise<string> {
    return (await this.champion()).releaseId;
  }

  keepOnly(): Promise<void> {
    return Promise.resolve();
  }

  offer = (directory: string, note: ShelfNote): Promise<void> =>
    this.#noted(`offer ${directory.split('/').at(-1)}`, note);
  shadow = (id: string, share: number, note: ShelfNote): Promise<void> => this.#noted(`shadow ${id} ${share}`, note);
  promote = (id: string, note: ShelfNote): Promise<void> => this.#noted(`promote ${id}`, note);

  async #noted(call: string, note: ShelfNote): Promise<void> {
    this.#fail();
    this.calls.push(call);
    this.notes.push(note);
  }

  #fail(): void {
    const error = this.next;
    this.next = undefined;
    if (error !== undefined) throw error;
  }
}

/** Evidence in which the candidate gains `auroc`, and is level elsewhere. */
export function evidence(auroc: number, deaths = 60): Comparison {
  const estimate = (value: number) => ({ value, low: value - 0.001, high: value + 0.001 });
  const figures = COMPARED_FIGURES.map((figure) => {
    const isBanded = figure === 'calibrationSlope' || figure === 'observedToExpected';
    const gained = figure === 'auroc' ? auroc : 0;
    return {
      figure,
      champion: estimate(isBanded ? 1 : 0.5),
      candidate: estimate((isBanded ? 1 : 0.5) + gained),
      difference: estimate(gained),
    };
  });
  return {
    schemaVersion: 1,
    ...{ champion: 'champion-1', candidate: 'local', seed: 7, resamples: 100 },
    heldOut: { fromMs: 0, toMs: 1, stays: 300, deaths, thresholds: { champion: 0.2, candidate: 0.3 } },
    groups: [{ by: 'all', group: 'all', stays: 300, deaths, windows: 700, figures }],
    reliability: { champion: [], candidate: [] },
  };
}

export const PLAN: HeldOutPlan = {
  ...{ untilMs: 1_000, fromMs: 1_000, toMs: 2_000 },
  training: { stays: 700, deaths: 90 },
  heldOut: { stays: 300, deaths: 60 },
};

/** A desk whose processes are played by hand: `play` says what each does, by its name. A clock that stands still unless it is moved. */
export class DeskTrial {
  nowMs = Date.UTC(2026, 2, 1, 6, 30);
  readonly shelf = new NotedShelf();
  readonly tasks: ChildTask[] = [];
  readonly failures: Error[] = [];
  plan = PLAN;
  comparison = evidence(0.02);
  known: LocalStaysSummary = { digest: 'd'.repeat(64), deaths: 150, survivors: 850 };
  journal!: TrainingJournal;
  desk!: TrainingDesk;
  policy!: GatePolicy;
  waitForShelf: (signal: AbortSignal) => Promise<void> = () => Promise.resolve();
  /** What a process does instead of its work, and how it ends. */
  play: (task: ChildTask, work: () => Promise<ChildEnd>) => Promise<ChildEnd> = (_, work) => work();

  constructor(readonly folder: string) {}

  /** Starts a service's desk on what is in the folder. */
  async open(keep?: number): Promise<this> {
    this.policy = await readPolicy('apps/trainer/policies/gate-1.json', gatePolicySchema);
    this.journal = await TrainingJournal.open(join(this.folder, 'trainings'), keep);
    this.desk = new TrainingDesk({
      ...{ journal: this.journal, shelf: this.shelf, dataset: 'local', trainWords: ['--epochs', '2'] },
      logger: new ServiceLogger({ service: 'trainer', level: 'silent' }),
      gate: { path: 'gate-1.json', policy: this.policy },
      wordsLike: () => Promise.resolve(['--sizes', 'tiny']),
      programs: { train: 'train.js', judge: 'judge.js' },
      stays: {
        summary: () => this.known,
        freeze: async (into) => {
          await mkdir(into, { recursive: true });
          await writeFile(join(into, 'stays.parquet'), 'stays');
          return this.known;
        },
      },
      runChild: (task) => {
        this.tasks.push(task);
        return this.play(task, () => this.#work(task));
      },
      nowMs: () => this.nowMs,
      waitForShelf: (signal) => this.waitForShelf(signal),
      onFailure: (error) => this.failures.push(error),
    });
    return this;
  }

  /** The names of the processes that were run. */
  names(): string[] {
    return this.tasks.map(({ name }) => name);
  }

  /** What follows a word on the command line of the last process of a name. */
  wordAfter(name: string, word: string): string | undefined {
    const { words } = this.tasks.findLast((task) => task.name === name)!;
    return words[words.indexOf(word) + 1];
  }

  async #work({ name, words }: ChildTask): Promise<ChildEnd> {
    const out = words[words.indexOf('--out') + 1]!;
    if (name === 'train') {
      await mkdir(out, { recursive: true });
      await writeFile(join(out, 'manifest.json'), '{}');
    } else await writeFile(out, JSON.stringify(name === 'plan' ? this.plan : this.comparison));
    return { code: 0 };
  }
}
