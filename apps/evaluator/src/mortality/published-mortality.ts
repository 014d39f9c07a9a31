/** Figures of others, as they were published; their data and protocol are not ours unless that is said. */
export const PUBLISHED_MORTALITY: readonly string[] = [
  'MTDM, first 24 h, 11 series, balanced classes (MIMIC-III / MIMIC-IV / eICU), AUROC: Siamese + MTDM .920 / .910 / .930; LSTM + MTDM .836 / .818 / .839. Nobody has reproduced these.',
  'Challenge 2012, 48 h, all series (set-a, 5 folds), AUROC / AUPRC: DuETT .872 / .554, XGBoost .865 / .531, mTAN .858, GRU-D .842, SAPS-I .658.',
  'Challenge 2012, Event 1 on set-c: winner .5353, SAPS-I .3125.',
  '24 h, 52 series (YAIB), AUROC / AUPRC: MIMIC-IV LightGBM .877 / .442; eICU GRU .859 / .361.',
];

const PUBLISHED_JOINT = '.920 / .910 / .930';

/** AUROC that was published of a predictor after MTDM's imputation on MIMIC-III / MIMIC-IV / eICU; of the others no figure is at hand. */
export const PUBLISHED_AFTER_MTDM: Readonly<Record<string, string>> = {
  lstm: '.836 / .818 / .839',
  siamese: PUBLISHED_JOINT,
  'mtdm-fitted': PUBLISHED_JOINT,
  'multi-task-siamese': PUBLISHED_JOINT,
};
