import { centralInterval, imputeWindows, type FilledWindow, type ImputedSamples, type RiskScorer } from '#model';

/** A window as it is served: its samples, and the distribution of its risk. */
export interface SampledRisk {
  readonly imputed: ImputedSamples;
  /** Over all samples and risk networks: median, and 5-95 %. */
  readonly risk: { readonly median: number; readonly low: number; readonly high: number };
}

/** Draws and assesses windows as the scorer serves them. @param keys noise key of each */
export async function sampleRisks(
  scorer: RiskScorer,
  windows: readonly FilledWindow[],
  keys: readonly string[],
): Promise<SampledRisk[]> {
  const { sampler } = scorer.manifest;
  const imputed = await imputeWindows(scorer.engine, windows, keys, sampler);
  const drawn = windows.flatMap((window, row) => imputed[row]!.samples.map((values) => ({ ...window, values })));
  const risks = await scorer.risksOfEachNetwork(drawn);
  return imputed.map((one, row) => ({
    imputed: one,
    risk: centralInterval(risks.slice(row * sampler.samples, (row + 1) * sampler.samples).flat()),
  }));
}
