import type { Imputer } from '../methods/imputer.js';
import type { MortalityPredictor } from '../methods/mortality-predictor.js';
import { britsJoint } from './brits/brits-joint.js';
import { brits } from './brits/brits.js';
import { csdi } from './csdi/csdi.js';
import { gruD } from './gru-d/gru-d.js';
import { lstm } from './lstm/lstm.js';
import { NETWORK_SIZES, type NetworkSize } from './network-sizes.js';
import { remasker } from './remasker/remasker.js';
import { saits } from './saits/saits.js';
import { SiameseNeighbours } from './siamese/siamese-neighbours.js';
import { siamese } from './siamese/siamese.js';
import type { TrainingSettings } from './training/fit-network.js';
import { NetworkImputer, type NetworkImputerSettings } from './training/network-imputer.js';
import { NetworkPredictor } from './training/network-predictor.js';
import { transformer } from './transformer/transformer.js';

/** Imputing networks, in the order of the tables. */
export const NETWORK_IMPUTER_IDS = ['brits', 'remasker', 'saits', 'csdi'] as const;
/** Predicting networks, in the order of the tables. */
export const NETWORK_PREDICTOR_IDS = [
  'brits-joint',
  'lstm',
  'transformer',
  'siamese',
  'siamese-neighbours',
  'gru-d',
] as const;

/** Name of an imputing network. */
export type NetworkImputerId = (typeof NETWORK_IMPUTER_IDS)[number];
/** Name of a predicting network. */
export type NetworkPredictorId = (typeof NETWORK_PREDICTOR_IDS)[number];

/** How an imputing network is built and trained. */
export interface NetworkImputerOptions extends NetworkImputerSettings {
  /** @default 'default' */
  readonly size?: NetworkSize;
  /** Of CSDI: windows drawn for each one, of which the median is taken; time grows with them. @default 8 */
  readonly samples?: number;
}

/** How a predicting network is built and trained. */
export interface NetworkPredictorOptions extends TrainingSettings {
  /** @default 'default' */
  readonly size?: NetworkSize;
}

/** An imputing network that has learned nothing yet. */
export function createNetworkImputer(id: NetworkImputerId, options: NetworkImputerOptions = {}): Imputer {
  const { size = 'default', samples = 8, ...settings } = options;
  const networks = {
    brits: () => brits(NETWORK_SIZES.brits[size]),
    remasker: () => remasker(NETWORK_SIZES.remasker[size]),
    saits: () => saits(NETWORK_SIZES.saits[size]),
    csdi: () => csdi(NETWORK_SIZES.csdi[size], samples),
  };
  return new NetworkImputer(networks[id](), settings);
}

/** A predicting network that has learned nothing yet. */
export function createNetworkPredictor(
  id: NetworkPredictorId,
  { size = 'default', ...settings }: NetworkPredictorOptions = {},
): MortalityPredictor {
  const predictors = {
    'brits-joint': () => new NetworkPredictor(britsJoint(NETWORK_SIZES.brits[size]), settings),
    lstm: () => new NetworkPredictor(lstm(NETWORK_SIZES.lstm[size]), settings),
    transformer: () => new NetworkPredictor(transformer(NETWORK_SIZES.transformer[size]), settings),
    siamese: () => new NetworkPredictor(siamese(NETWORK_SIZES.siamese[size]), settings),
    'siamese-neighbours': () => new SiameseNeighbours(siamese(NETWORK_SIZES.siamese[size]), settings),
    'gru-d': () => new NetworkPredictor(gruD(NETWORK_SIZES['gru-d'][size]), settings),
  };
  return predictors[id]();
}
