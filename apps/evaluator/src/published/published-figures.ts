/** What others published of an imputer on 35 series x 48 h with 10 % hidden. */
export interface PublishedImputer {
  readonly csdiProtocol?: { readonly rmse: number; readonly mae: number; readonly crps: number };
  /** Mean absolute error in TSI-Bench (its own standardisation and split). */
  readonly tsiBenchMae?: number;
}

/** By the method's id here. */
export const PUBLISHED_IMPUTERS: Readonly<Record<string, PublishedImputer>> = {
  mean: { tsiBenchMae: 0.708 },
  locf: { tsiBenchMae: 0.449 },
  linear: { tsiBenchMae: 0.366 },
  brits: { tsiBenchMae: 0.297 },
  saits: { tsiBenchMae: 0.257 },
  csdi: { csdiProtocol: { rmse: 0.498, mae: 0.217, crps: 0.238 }, tsiBenchMae: 0.252 },
};

/** What others published of death in hospital, 48 h, all series of set-a, five folds. */
export interface PublishedPredictor {
  readonly name: string;
  readonly auroc: number;
  readonly auprc?: number;
}

/** By the method's id here; those that are not here stand under their own name. */
export const PUBLISHED_PREDICTORS: Readonly<Record<string, PublishedPredictor>> = {
  'saps-i': { name: 'SAPS-I', auroc: 0.658 },
  'tree-ensemble': { name: 'XGBoost', auroc: 0.865, auprc: 0.531 },
  'gru-d': { name: 'GRU-D', auroc: 0.842 },
  mtan: { name: 'mTAN', auroc: 0.858 },
  duett: { name: 'DuETT', auroc: 0.872, auprc: 0.554 },
};
