import { estimateOnce } from '../training/estimate-once.js';
import type { ImputerNetwork } from '../training/imputer-network.js';
import { imputationLoss, meanOfDirections } from './imputation-loss.js';
import { planRits, runRits } from './rits.js';

/** Sizes of BRITS. */
export interface BritsSizes {
  /** Units of the LSTM of each direction. */
  readonly units: number;
}

/**
 * BRITS (Cao et al. 2018, "BRITS: Bidirectional recurrent imputation for time series"): an LSTM in each direction estimates every hour
 * before it sees it, its state decaying with the time since the last observation; both directions must agree.
 *
 * Fills gaps with the mean of both directions.
 */
export function brits({ units }: BritsSizes): ImputerNetwork {
  return {
    id: 'brits',
    stopsBy: 'masked-mae',
    plan: (size) => planRits(units, size),
    loss: (ops, weights, batch) => imputationLoss(ops, runRits(ops, weights, units, batch), batch),
    estimate: (runtime, weights, batch) =>
      estimateOnce(runtime, (ops) => meanOfDirections(ops, runRits(ops, weights, units, batch), batch)),
  };
}
