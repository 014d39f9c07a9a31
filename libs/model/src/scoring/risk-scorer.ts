import { probabilityOfLogOdds, type LogisticLine } from '#evaluation';
import { openEngine, type EngineChoice, type InferenceEngine } from '#engine';
import { BundleError } from '../bundle/bundle-error.js';
import { readBundle } from '../bundle/release-bundle.js';
import type { ReleaseManifest } from '../bundle/release-manifest.js';
import { SignalNormaliser } from '../normalisation/signal-normaliser.js';
import type { TrainingNeighbours } from '../neighbours/training-neighbours.js';
import { assessWindows, meanLogit, type AssessedWindow } from './assess-windows.js';
import { lineAt } from './calibration.js';
import { encodeForNetworks, type EncodedWindow, type FilledWindow } from './encoded-window.js';
import { imputeWindows } from './impute-windows.js';
import { leaveOutSignal, measuredSignals } from './leave-out-signal.js';
import { centralInterval } from './sample-quantiles.js';
import { imputedWindow, sampleIntervals, type SampleIntervals } from './summarise-samples.js';
import type { Contribution, ScoreDetail, WindowScore, WindowToScore } from './window-score.js';

/** Windows that are imputed in one run; a longer batch is cut up, so that memory stays bounded. */
const MAX_WINDOWS = 16;
const MAX_CONTRIBUTIONS = 10;
const NOTHING = new Float32Array(0);
const NOTHING_IMPUTED = { median: NOTHING, low: NOTHING, high: NOTHING };

/** How a release is loaded. */
export interface RiskScorerOptions {
  /** @default 'auto' */
  readonly engine?: EngineChoice;
  /** Threads that share one run of ONNX Runtime. @default 1 */
  readonly threads?: number;
  /** Loads a release of the `paper` preset, too: for measuring it, never for serving it. @default false */
  readonly forEvaluationOnly?: boolean;
}

/** A release, ready to score windows. */
export class RiskScorer {
  readonly #normaliser: SignalNormaliser;

  private constructor(
    readonly manifest: ReleaseManifest,
    /** What computes; its name stands on every score. */
    readonly engine: InferenceEngine,
    private readonly neighbours: TrainingNeighbours | undefined,
  ) {
    this.#normaliser = new SignalNormaliser(manifest.signals, manifest.normaliser);
  }

  /**
   * Loads a bundle and opens an engine for it.
   *
   * @throws BundleError when the bundle is damaged, not understood or not to be served; Error when the engine asked for cannot be had
   */
  static async load(bundleDirectory: string, options: RiskScorerOptions = {}): Promise<RiskScorer> {
    const { manifest, graphs, neighbours, weights } = await readBundle(bundleDirectory);
    if (manifest.training?.preset === 'paper' && options.forEvaluationOnly !== true)
      throw new BundleError(
        `${bundleDirectory} was trained with the paper preset, whose risks are not probabilities: serve a release of the honest preset`,
      );
    const engine = await openEngine(
      { hyper: manifest.hyper, graphs, weights },
      { engine: options.engine ?? 'auto', intraOpNumThreads: options.threads ?? 1 },
    );
    return new RiskScorer(manifest, engine, neighbours);
  }

  /**
   * Scores windows, in the order given.
   *
   * On ONNX Runtime's processor engine the same window and noise key give the same bytes in any batch.
   *
   * @param detail `risk` leaves out what explains a score, contributions and imputed values: for replays that judge risks
   * @throws RangeError when a window has another size than the release's
   */
  async score(batch: readonly WindowToScore[], detail: ScoreDetail = 'whole'): Promise<WindowScore[]> {
    const scores: WindowScore[] = [];
    for (let first = 0; first < batch.length; first += MAX_WINDOWS)
      scores.push(...(await this.#scoreTogether(batch.slice(first, first + MAX_WINDOWS), detail)));
    return scores;
  }

  /**
   * Calibrated risk of each window as it stands, whoever filled its gaps, by the mean log odds of the risk networks: nothing is imputed.
   *
   * For measuring what fillings do to the risk; `score` is what is served.
   */
  async risksOfFilled(windows: readonly FilledWindow[]): Promise<number[]> {
    const assessed = await assessWindows(this.engine, windows);
    return windows.map(({ hoursSinceAdmission }, row) => this.#riskAt(hoursSinceAdmission, meanLogit(assessed[row]!)));
  }

  /** Calibrated risks of each window as it stands, one of each risk network: those of a window's samples together are its served distribution. */
  async risksOfEachNetwork(windows: readonly FilledWindow[]): Promise<number[][]> {
    const assessed = await assessWindows(this.engine, windows);
    return windows.map(({ hoursSinceAdmission }, row) =>
      [...assessed[row]!.logits].map((logit) => this.#riskAt(hoursSinceAdmission, logit)),
    );
  }

  /** Embeddings of complete windows, by all risk networks: [window] of [member x embedding]. For making neighbours. */
  async embeddingsOfFilled(windows: readonly FilledWindow[]): Promise<Float32Array[]> {
    return (await assessWindows(this.engine, windows)).map(({ embedding }) => Float32Array.from(embedding));
  }

  /** Frees the engine; no call may follow. */
  async close(): Promise<void> {
    await this.engine.close();
  }

  async #scoreTogether(batch: readonly WindowToScore[], detail: ScoreDetail): Promise<WindowScore[]> {
    const { hyper, sampler, staticScales } = this.manifest;
    const windows = batch.map((window) => encodeForNetworks(window, hyper.hours, this.#normaliser, staticScales));
    const keys = batch.map(({ noiseKey }) => noiseKey);
    const imputed = await imputeWindows(this.engine, windows, keys, sampler);
    const lines = batch.map(({ hoursSinceAdmission }) => lineAt(this.manifest.calibration, hoursSinceAdmission));
    const drawn = windows.flatMap((window, row) => imputed[row]!.samples.map((values) => ({ ...window, values })));
    const assessed = await assessWindows(this.engine, drawn);
    const riskOf = (row: number): WindowScore['risk'] => {
      const own = assessed
        .slice(row * sampler.samples, (row + 1) * sampler.samples)
        .flatMap(({ logits }) => [...logits]);
      return centralInterval(own.map((logit) => this.#riskAt(batch[row]!.hoursSinceAdmission, logit)));
    };
    if (detail === 'risk')
      return batch.map((_, row) => ({ risk: riskOf(row), contributions: [], imputed: NOTHING_IMPUTED }));
    const intervals = windows.map(({ mask }, row) => sampleIntervals(imputed[row]!, mask));
    const read = await this.#readMedians(windows, intervals, lines);
    return batch.map((window, row) => ({
      risk: riskOf(row),
      ...read[row]!,
      imputed: imputedWindow(window, intervals[row]!, hyper.hours, this.#normaliser),
    }));
  }

  /**
   * What is read from the window filled with medians: contributions by occlusion (mean log odds with the signal minus without it, strongest
   * first), and the outcomes of the nearest training stays.
   */
  async #readMedians(
    windows: readonly EncodedWindow[],
    intervals: readonly SampleIntervals[],
    lines: readonly LogisticLine[],
  ): Promise<Pick<WindowScore, 'contributions' | 'nearest'>[]> {
    const { hyper, signals } = this.manifest;
    const whole = windows.map((window, row) => ({ ...window, values: intervals[row]!.median }));
    const measured = windows.map(({ mask }) => measuredSignals(mask, hyper.hours));
    const without = whole.flatMap((window, row) =>
      measured[row]!.map((signal) => leaveOutSignal(window, signal, hyper.hours)),
    );
    const assessed = await assessWindows(this.engine, [...whole, ...without]);
    let next = whole.length;
    return measured.map((ofWindow, row) => {
      const logit = meanLogit(assessed[row]!);
      const contributions = ofWindow
        .map((signal): Contribution => ({
          signal: signals[signal]!,
          logOdds: lines[row]!.slope * (logit - meanLogit(assessed[next++]!)),
        }))
        .sort((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds))
        .slice(0, MAX_CONTRIBUTIONS);
      return { contributions, ...this.#nearestOf(assessed[row]!) };
    });
  }

  #nearestOf({ embedding }: AssessedWindow): Pick<WindowScore, 'nearest'> {
    const { neighbours, manifest } = this;
    if (neighbours === undefined || manifest.nearest === undefined) return {};
    return { nearest: neighbours.nearest(embedding, manifest.nearest.stays) };
  }

  #riskAt(hoursSinceAdmission: number, logit: number): number {
    const { slope, intercept } = lineAt(this.manifest.calibration, hoursSinceAdmission);
    return probabilityOfLogOdds(intercept + slope * logit);
  }
}
