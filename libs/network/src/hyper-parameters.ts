/** Every size of the two networks. Together with the weights it is all that is needed to rebuild them. */
export interface HyperParameters {
  /** Signals of a window, in the release's order. */
  signals: number;
  /** Hourly bins of a window. */
  hours: number;
  /** Numbers that describe the stay itself (age, sex, ...), known-flags included. */
  staticSize: number;
  /** Numbers that sum up each signal's measured hours (last, mean, slope, ...), count and age included. */
  statistics: number;
  imputer: ImputerHyperParameters;
  denoiser: DenoiserHyperParameters;
  risk: RiskHyperParameters;
}

/** Sizes of a transformer's tokens. */
export interface TransformerHyperParameters {
  /** Width of a token; a multiple of `heads`. */
  channels: number;
  heads: number;
  /** Width inside the feed-forward part of a layer. */
  feedForward: number;
}

/** Sizes of what reads the measured window, once. */
export interface ImputerHyperParameters extends TransformerHyperParameters {
  /** Layers over the hours of the window as measured. */
  hourLayers: number;
  /** Layers over the signals of the window filled by a first guess. */
  signalLayers: number;
  /** Layers over the hours of the window filled by the second guess. */
  refineLayers: number;
}

/** Sizes of what turns noise into residuals, a sample and step at a time. */
export interface DenoiserHyperParameters extends TransformerHyperParameters {
  layers: number;
  /** Numbers that describe the diffusion step; even, at least 4. */
  stepEmbedding: number;
}

/** Sizes of the risk networks, all alike. */
export interface RiskHyperParameters {
  /** Networks that read each window, each with weights of its own; what is served is all of them together. */
  members: number;
  lstmUnits: number;
  /** Width of the branch that reads statistics and static numbers. */
  statisticUnits: number;
  embedding: number;
  /** Share of units silenced in training. */
  dropout: number;
}

/**
 * Refuses sizes from which no network can be built.
 * @throws RangeError naming the size, its value and what was expected
 */
export function checkHyperParameters(hyper: HyperParameters): void {
  const { signals, hours, staticSize, statistics, imputer, denoiser, risk } = hyper;
  eachAtLeast(1, '', { signals, hours, staticSize, statistics });
  eachAtLeast(1, 'imputer.', { hourLayers: imputer.hourLayers });
  eachAtLeast(0, 'imputer.', { signalLayers: imputer.signalLayers, refineLayers: imputer.refineLayers });
  checkTransformer('imputer.', imputer);
  eachAtLeast(1, 'denoiser.', { layers: denoiser.layers });
  eachAtLeast(4, 'denoiser.', { stepEmbedding: denoiser.stepEmbedding });
  checkTransformer('denoiser.', denoiser);
  const { members, lstmUnits, statisticUnits, embedding, dropout } = risk;
  eachAtLeast(1, 'risk.', { members, lstmUnits, statisticUnits, embedding });
  if (denoiser.stepEmbedding % 2 !== 0) refuse('denoiser.stepEmbedding', denoiser.stepEmbedding, 'an even number');
  if (!(dropout >= 0 && dropout < 1)) refuse('risk.dropout', dropout, 'a share from 0 up to, not including, 1');
}

function checkTransformer(of: string, { channels, heads, feedForward }: TransformerHyperParameters): void {
  eachAtLeast(1, of, { channels, heads, feedForward });
  if (channels % heads !== 0) refuse(`${of}channels`, channels, `a multiple of heads (${heads})`);
}

function eachAtLeast(least: number, of: string, sizes: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(sizes)) {
    if (!Number.isInteger(value) || value < least) refuse(`${of}${name}`, value, `a whole number of at least ${least}`);
  }
}

function refuse(name: string, value: number, expected: string): never {
  throw new RangeError(`hyper-parameter ${name} is ${value}; expected ${expected}`);
}
