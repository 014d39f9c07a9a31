/** A published figure that stands beside ours. */
export interface PublishedImputation {
  readonly source: string;
  readonly figures: string;
}

/** Figures of others, as they were published; their data and protocol are not ours unless that is said. */
export const PUBLISHED_IMPUTATION: readonly PublishedImputation[] = [
  {
    source: 'MTDM on MIMIC-III, 11 series x 24 h, 10 to 90 % hidden',
    figures: 'RMSE .665 to .693, MAE .36',
  },
  {
    source: 'CSDI on Challenge 2012, 35 series x 48 h, 10 % hidden, 100 samples (Tashiro et al., NeurIPS 2021)',
    figures: 'RMSE .498, MAE .217, CRPS .238',
  },
  {
    source: 'TSI-Bench on Challenge 2012, 10 % hidden',
    figures: 'MAE: mean .708, LOCF .449, linear .366, BRITS .297, SAITS .257, CSDI .252',
  },
];

const PUBLISHED_MTDM = 'MIMIC-III: RMSE .665 to .693, MAE .36';

/** What was published of a row of the table of shares hidden (11 series x 24 h), by method; of the others no figure is at hand. */
export const PUBLISHED_SHARES: Readonly<Record<string, string>> = {
  mtdm: PUBLISHED_MTDM,
  'mtdm-fitted': PUBLISHED_MTDM,
};
