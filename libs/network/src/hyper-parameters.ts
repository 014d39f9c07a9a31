/** Every size of the two networks. Together with the weights it is all that is needed to rebuild them. */
export interface HyperParameters {
  /** Signals of a window, in the release's order. */
  signals: number;
  /** Hourly bins of a window. */
  hours: number;
  /** Numbers that describe the stay itself (age, sex, ...), known-flags included. */
  staticSize: number;
  /** Width of a token of the imputer; a multiple of `heads`. */
  channels: number;
  heads: number;
  /** Residual layers that see only the observed window: run once a window. 0 gives CSDI's own shape. */
  encoderLayers: number;
  /** Residual layers that see the noise: run once a step and sample. */
  denoiserLayers: number;
  /** Width inside the feed-forward part of a transformer layer. */
  feedForward: number;
  /** Numbers that describe the diffusion step; even, at least 4. */
  stepEmbedding: number;
  risk: RiskHyperParameters;
}

/** Sizes of the risk network. */
export interface RiskHyperParameters {
  lstmUnits: number;
  embedding: number;
  /** Share of units silenced in training. */
  dropout: number;
}

/**
 * Refuses sizes from which no network can be built.
 * @throws RangeError naming the size, its value and what was expected
 */
export function checkHyperParameters(hyper: HyperParameters): void {
  const atLeast = (name: string, value: number, least: number): void => {
    if (!Number.isInteger(value) || value < least) {
      throw new RangeError(`hyper-parameter ${name} is ${value}; expected a whole number of at least ${least}`);
    }
  };
  const { signals, hours, staticSize, channels, heads, encoderLayers, denoiserLayers, feedForward, risk } = hyper;
  const positive = { signals, hours, staticSize, channels, heads, denoiserLayers, feedForward };
  for (const [name, value] of Object.entries(positive)) atLeast(name, value, 1);
  atLeast('encoderLayers', encoderLayers, 0);
  atLeast('stepEmbedding', hyper.stepEmbedding, 4);
  atLeast('risk.lstmUnits', risk.lstmUnits, 1);
  atLeast('risk.embedding', risk.embedding, 1);
  if (hyper.stepEmbedding % 2 !== 0) {
    throw new RangeError(`hyper-parameter stepEmbedding is ${hyper.stepEmbedding}; expected an even number`);
  }
  if (channels % heads !== 0) {
    throw new RangeError(`hyper-parameter channels is ${channels}; expected a multiple of heads (${heads})`);
  }
  if (!(risk.dropout >= 0 && risk.dropout < 1)) {
    throw new RangeError(
      `hyper-parameter risk.dropout is ${risk.dropout}; expected a share from 0 up to, not including, 1`,
    );
  }
}
