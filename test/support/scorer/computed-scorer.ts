import { createHash } from 'node:crypto';
import { SIGNAL_SETS } from '#clinical';
import type { WindowScore, WindowToScore } from '#model';
import { ModelUnavailableError, WindowScorer, type ReleaseFacts } from '#scorer';

/** A scorer whose answers are computed from the window's bytes and noise key: quick, deterministic, different for every window. */
export class ComputedScorer extends WindowScorer {
  override readonly release: ReleaseFacts;
  override readonly lanes: number;
  /** Sizes of the batches that it was handed. */
  readonly batches: number[] = [];
  /** While true, the model is away. */
  unavailable = false;
  /** While set, answers wait for it. */
  gate: Promise<void> | undefined;

  constructor(options: { lanes?: number } & Partial<Pick<ReleaseFacts, 'floor' | 'signals'>> = {}) {
    super();
    this.lanes = options.lanes ?? 1;
    this.release = {
      releaseId: 'computed-1',
      stage: 'untrained',
      signals: options.signals ?? SIGNAL_SETS['paper-11'],
      engine: 'computed',
      floor: options.floor ?? { completeness: 0.1, hoursSinceAdmission: 0 },
    };
  }

  override async score(windows: readonly WindowToScore[]): Promise<WindowScore[]> {
    this.batches.push(windows.length);
    await this.gate;
    if (this.unavailable) throw new ModelUnavailableError('switched off');
    return windows.map((window) => this.scoreOf(window));
  }

  override async close(): Promise<void> {}

  private scoreOf({ values, mask, noiseKey }: WindowToScore): WindowScore {
    const digest = createHash('sha256').update(values).update(mask).update(noiseKey).digest();
    const median = digest.readUInt16LE(0) / 65_536;
    const imputed = (shift: number) => values.map((value, index) => (mask[index] === 1 ? value : shift + median));
    return {
      risk: { median, low: median / 2, high: (1 + median) / 2 },
      contributions: [{ signal: 'heart-rate', logOdds: median - 0.5 }],
      imputed: { median: imputed(2), low: imputed(1), high: imputed(3) },
    };
  }
}
