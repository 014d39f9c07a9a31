import type { BritsSizes } from './brits/brits.js';
import type { CsdiSizes } from './csdi/csdi-sizes.js';
import type { GruDSizes } from './gru-d/gru-d.js';
import type { LstmSizes } from './lstm/lstm.js';
import type { ReMaskerSizes } from './remasker/remasker.js';
import type { SaitsSizes } from './saits/saits.js';
import type { SiameseSizes } from './siamese/siamese.js';
import type { TransformerPredictorSizes } from './transformer/transformer.js';

/** `default` can be trained on two cores, `full-size` is as its paper has it, `tiny` is for tests and dry runs. */
export type NetworkSize = 'tiny' | 'default' | 'full-size';

type BySize<S> = Readonly<Record<NetworkSize, S>>;

const LSTM = { units: 64, dropout: 0.2, dense: 64 };
const SIAMESE = { units: 64, dropout: 0.2, embedding: 64 };

/** Sizes of every method, by name. */
export const NETWORK_SIZES: {
  readonly brits: BySize<BritsSizes>;
  readonly saits: BySize<SaitsSizes>;
  readonly remasker: BySize<ReMaskerSizes>;
  readonly csdi: BySize<CsdiSizes>;
  readonly lstm: BySize<LstmSizes>;
  readonly transformer: BySize<TransformerPredictorSizes>;
  readonly siamese: BySize<SiameseSizes>;
  readonly 'gru-d': BySize<GruDSizes>;
} = {
  brits: { tiny: { units: 8 }, default: { units: 64 }, 'full-size': { units: 108 } },
  saits: {
    tiny: { channels: 16, heads: 2, layers: 1, feedForward: 16 },
    default: { channels: 128, heads: 4, layers: 2, feedForward: 128 },
    'full-size': { channels: 256, heads: 4, layers: 2, feedForward: 128 },
  },
  remasker: {
    tiny: { channels: 16, heads: 2, encoderLayers: 1, decoderLayers: 1, feedForward: 16, patchHours: 2 },
    default: { channels: 48, heads: 4, encoderLayers: 3, decoderLayers: 1, feedForward: 96, patchHours: 4 },
    'full-size': { channels: 64, heads: 4, encoderLayers: 8, decoderLayers: 4, feedForward: 256, patchHours: 4 },
  },
  csdi: {
    tiny: {
      channels: 8,
      heads: 2,
      layers: 1,
      feedForward: 8,
      stepEmbedding: 8,
      hourEmbedding: 8,
      signalEmbedding: 4,
    },
    default: {
      channels: 32,
      heads: 4,
      layers: 2,
      feedForward: 32,
      stepEmbedding: 64,
      hourEmbedding: 32,
      signalEmbedding: 16,
    },
    'full-size': {
      channels: 64,
      heads: 8,
      layers: 4,
      feedForward: 64,
      stepEmbedding: 128,
      hourEmbedding: 128,
      signalEmbedding: 16,
    },
  },
  lstm: { tiny: { units: 8, dropout: 0, dense: 8 }, default: LSTM, 'full-size': LSTM },
  transformer: {
    tiny: { channels: 8, heads: 2, layers: 1, feedForward: 8, dropout: 0 },
    default: { channels: 64, heads: 4, layers: 2, feedForward: 128, dropout: 0.2 },
    'full-size': { channels: 128, heads: 8, layers: 4, feedForward: 256, dropout: 0.2 },
  },
  siamese: { tiny: { units: 8, dropout: 0, embedding: 8 }, default: SIAMESE, 'full-size': SIAMESE },
  'gru-d': {
    tiny: { units: 8, dropout: 0 },
    default: { units: 64, dropout: 0.2 },
    'full-size': { units: 64, dropout: 0.2 },
  },
};
