import { createImputer, createPredictor, MortalityPredictor, type OutcomeGrid, type WindowGrid } from '#baselines';
import { methodsOf, type Methods } from './methods.js';

/** What a fit was shown. */
export interface ShownFit {
  readonly method: string;
  readonly training: number;
  readonly validation: number;
  /** Whether both sides are the same windows. */
  readonly sameSides: boolean;
}

/** Says that everyone has the same risk. */
class ConstantPredictor extends MortalityPredictor {
  readonly id = 'constant';

  fit(): Promise<void> {
    return Promise.resolve();
  }

  predict({ count }: WindowGrid): Promise<Float32Array> {
    return Promise.resolve(new Float32Array(count).fill(0.25));
  }
}

/** Reads the mean of the first signal, gaps as they were filled. */
class FirstSignalPredictor extends MortalityPredictor {
  readonly id = 'first-signal';

  constructor(private readonly shown: ShownFit[]) {
    super();
  }

  fit(training: OutcomeGrid, validation: OutcomeGrid): Promise<void> {
    const sameSides =
      training.count === validation.count && training.values.every((x, at) => x === validation.values[at]);
    this.shown.push({ method: this.id, training: training.count, validation: validation.count, sameSides });
    return Promise.resolve();
  }

  predict({ count, hours, signalIds, values }: WindowGrid): Promise<Float32Array> {
    const size = hours * signalIds.length;
    return Promise.resolve(
      Float32Array.from({ length: count }, (_, window) => {
        const own = values.subarray(window * size, window * size + hours);
        return 1 / (1 + Math.exp(-own.reduce((sum, value) => sum + value, 0) / hours));
      }),
    );
  }
}

/** Two imputers and a few predictors, as specs need them. @param shown grows by what each fit was given */
export function testMethods(shown: ShownFit[] = []): Methods {
  return {
    imputers: new Map([
      ['zero', () => createImputer('zero')],
      ['locf', () => createImputer('locf')],
    ]),
    predictors: new Map<string, () => MortalityPredictor>([
      ['saps-i', () => createPredictor('saps-i')],
      ['news2', () => createPredictor('news2')],
      ['constant', () => new ConstantPredictor()],
      ['first-signal', () => new FirstSignalPredictor(shown)],
      ['tree-ensemble', () => new FirstSignalPredictor(shown)],
    ]),
    networks: new Set(),
    settingsOf: () => ({}),
  };
}

/** Every method that is there. @param out where checkpoints of our networks lie while a spec fits them */
export function everyMethod(out = 'not used'): Methods {
  return methodsOf(
    {
      preset: 'honest',
      sizes: 'tiny',
      batchSize: 4,
      networkSize: 'tiny',
      sampler: { steps: 1, samples: 2 },
      out,
    },
    { nowMs: () => 0, signal: new AbortController().signal },
  );
}
