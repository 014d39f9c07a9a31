import { LIVE_DISCLAIMER, type ModelResponse } from '#wire';
import type { z } from 'zod';
import { askApp, type AppAddress, type AppAnswer } from './ask-app.js';
import { KeptAnswer } from './kept-answer.js';
import { readJson } from './read-json.js';
import { decisionsAnswerSchema, releasesAnswerSchema } from './registry-answers.js';
import { driftAnswerSchema, trainingsAnswerSchema } from './trainer-answers.js';

const MIB = 2 ** 20;
/** An answer of registry or trainer is a few kilobytes; a report holds two pictures and tables. */
const MAX_ANSWER_BYTES = 2 * MIB;
const MAX_REPORT_BYTES = 4 * MIB;
const TIMEOUT_MS = 2_000;
const KEEP_MS = 2_000;

/** Which apps know about the model, and how long to wait for them. */
export interface ModelBoardOptions {
  readonly registry?: AppAddress | undefined;
  readonly trainer?: AppAddress | undefined;
  readonly nowMs: () => number;
  /** @default 2_000 */
  readonly timeoutMs?: number | undefined;
}

const NOT_SET = {
  registry: 'No registry is configured here: set GATEWAY_REGISTRY_URL to where it answers.',
  trainer: 'No trainer is configured here: set GATEWAY_TRAINER_URL to where it answers.',
} as const;

/** What registry and trainer say about the model. Each part is there or says why it is not; nothing here can hold up the ward. */
export class ModelBoard {
  private readonly releases: KeptAnswer<ModelResponse['releases']>;
  private readonly trainings: KeptAnswer<ModelResponse['trainings']>;
  private readonly drift: KeptAnswer<ModelResponse['drift']>;

  constructor(private readonly options: ModelBoardOptions) {
    const { nowMs } = options;
    const kept = <Part>(read: () => Promise<Part>): KeptAnswer<Part> => new KeptAnswer(read, KEEP_MS, nowMs);
    this.releases = kept(() => this.readReleases());
    this.trainings = kept(() => this.read('trainer', '/trainings', trainingsAnswerSchema));
    this.drift = kept(() => this.read('trainer', '/drift', driftAnswerSchema));
  }

  /** Never rejects. */
  async model(): Promise<ModelResponse> {
    const [releases, trainings, drift] = await Promise.all([
      this.releases.get(),
      this.trainings.get(),
      this.drift.get(),
    ]);
    return { disclaimer: LIVE_DISCLAIMER, nowMs: this.options.nowMs(), releases, trainings, drift };
  }

  /** The report page of a training as the trainer gives it; undefined when no trainer is configured. */
  async report(trainingId: string): Promise<AppAnswer | undefined> {
    const { trainer, timeoutMs = TIMEOUT_MS } = this.options;
    if (trainer === undefined) return undefined;
    return askApp(trainer, `/trainings/${trainingId}/report`, { timeoutMs, maxBytes: MAX_REPORT_BYTES });
  }

  private async readReleases(): Promise<ModelResponse['releases']> {
    const [releases, decisions] = await Promise.all([
      this.read('registry', '/releases', releasesAnswerSchema),
      this.read('registry', '/decisions', decisionsAnswerSchema),
    ]);
    if ('unavailable' in releases) return releases;
    return 'unavailable' in decisions ? decisions : { ...releases, decisions: decisions.decisions };
  }

  private async read<Schema extends z.ZodType>(
    app: keyof typeof NOT_SET,
    path: string,
    schema: Schema,
  ): Promise<(z.infer<Schema> & { readonly asOfMs: number }) | { unavailable: string }> {
    const { nowMs, timeoutMs = TIMEOUT_MS, [app]: address } = this.options;
    if (address === undefined) return { unavailable: NOT_SET[app] };
    const asOfMs = nowMs();
    const read = readJson(await askApp(address, path, { timeoutMs, maxBytes: MAX_ANSWER_BYTES }), schema);
    if (!read.ok) return { unavailable: `The ${app} ${read.why}.` };
    return { asOfMs, ...(read.value as z.infer<Schema> & object) };
  }
}
