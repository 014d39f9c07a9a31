import type { FitOptions } from '#baselines';
import { TensorRuntime } from '#engine';
import type { Session } from '../session.js';

const PRINT_EVERY_MS = 20_000;

/** What fits of a run share: one TensorFlow.js runtime, opened when the first fit asks for it. */
export class FitContext {
  #runtime: Promise<TensorRuntime> | undefined;

  constructor(private readonly session: Session) {}

  /** Name of the runtime, once one was opened. */
  async engineName(): Promise<string> {
    return this.#runtime === undefined ? 'none needed' : (await this.#runtime).name;
  }

  /** Options of a fit of a method. Progress is printed every twenty seconds. */
  async optionsFor(name: string): Promise<FitOptions> {
    const { options, context } = this.session;
    if (context.methods.networks.has(name)) this.#runtime ??= TensorRuntime.load(options.engine);
    let printedAtMs = context.nowMs();
    return {
      seed: options.seed,
      epochs: options.epochs,
      // Without a validation part, nothing may stop a fit early.
      patience: options.preset === 'paper' ? options.epochs : options.patience,
      ...(this.#runtime === undefined ? {} : { runtime: await this.#runtime }),
      onProgress: (share, text) => {
        if (context.nowMs() - printedAtMs < PRINT_EVERY_MS) return;
        printedAtMs = context.nowMs();
        context.print(`  ${name}: ${(100 * share).toFixed(0)} % ${text}`);
      },
    };
  }
}
