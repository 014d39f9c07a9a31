import type { Estimate } from '#evaluation';
import type { ReleaseDescription } from '#model';
import type { ReleaseFigures } from './finish-release.js';

const CITATIONS = `- Challenge 2012: Silva et al., Comput Cardiol 2012;39:245; sets a and b, ODC-By 1.0.
- eICU Collaborative Research Database demo 2.0.1: Pollard et al., Sci Data 2018;5:180178; ODbL 1.0.
- PhysioNet: Goldberger et al., Circulation 2000;101:e215.`;

const LIMITS = `- **Not a medical device.** Research software; nobody's care may depend on it.
- Challenge 2012 holds stays of 48 hours and more only, so its patients survived their first two days. A score in the first
  hours is learned from people who are known to have lived on for a while.
- Its haemoglobin is derived (haematocrit / 3); respiratory rate and SpO2 are mostly absent from it.
- When a laboratory result became visible is simulated (log-normal delays); neither data set records it.
- Ventilation is recorded only where it happened: an imputed value of it means nothing.
- No calibration at another hospital has been looked at. The rate of death differs between hospitals; a risk must be calibrated anew.
- The interval comes from the imputed values and from what sets the risk networks apart, which learned from the same stays: it is narrower than what is unknown.
- The validation part chose the epoch, the spread of intervals and a few settings (sizes, teacher's share, weight of the contrast; a dozen trials), so
  its figures flatter a little. Figures on the test part, which chose nothing, come from \`npm run evaluate -- mortality --bundle\` and
  \`imputation --bundle\`; those of a shipped release lie in \`test/bench/results\`.
- A window holds 24 hours: at 48 hours the first day is no longer seen.
- Age, sex and ethnicity are inputs where known; the tables of the test part name age bands and sexes.`;

/** The model card of a trained release, with figures from its own training command. */
export function modelCard(release: ReleaseDescription, figures: ReleaseFigures): string {
  const training = release.training!;
  return `# ${release.releaseId}

A residual diffusion imputer and ${riskNetworks(release)}, for death in hospital, from ${release.signals.length} signals of the last 24 hours of an
ICU stay. ${release.notice}${training.preset === 'paper' ? ' Trained with the `paper` preset: never to be served.' : ''}

## How it was made

\`\`\`sh
${training.command}
\`\`\`

Preset \`${training.preset}\`, seed ${training.seed}, ${training.epochs} epochs in all (best of each risk network's stage: ${figures.bestEpochs.join(', ')}), ${training.wallMinutes} minutes of training${memoryOf(training)}. Digest of its windows: \`${training.dataDigest}\`.

| data set | parts | stays (train + validation) | deaths | licence |
|---|---|---|---|---|
${training.datasets.map(({ id, parts, stays, deaths, licence }) => `| ${id} | ${parts?.join(', ') ?? 'all'} | ${stays} | ${deaths} | ${licence} |`).join('\n')}

${CITATIONS}

${training.teacherShare > 0 ? `Beside the outcome the risk network learned the opinion of a tree ensemble, cross-fitted over training patients (share ${training.teacherShare}).\n\n` : ''}${startOf(release)}Split by patient (hash of the record id: 70 % train, 15 % validation, 15 % test, unread). Windows end at random hours from the fourth on
and hold what was available by then.

## Mortality, validation part

Scored as served (${release.sampler.samples} samples, ${release.sampler.steps} steps, ONNX Runtime). 95 % intervals from 1,000 resamples of patients. Brier score and
calibration are cross-fitted: each half of the patients is calibrated by the other. The last column is the death rate among the ${release.nearest?.stays ?? 0}
training stays whose embeddings lie nearest, which a score tells beside the risk; it is no part of the risk.

| data set | hour | windows | deaths | AUROC | AUPRC | Brier | slope | intercept | AUROC of the nearest stays |
|---|---|---|---|---|---|---|---|---|---|
${figures.mortality.map(mortalityLine).join('\n')}

For comparison, published on Challenge 2012 at 48 h (set-a, five folds; Labach et al., DuETT, MLHC 2023): DuETT .872, XGBoost .865, GRU-D .842. The release is calibrated by Platt's lines on validation windows (those that end before the 18th hour, before the 36th, and later; in between slope and intercept change evenly): ${release.calibration.map(({ hours, slope, intercept }) => `at ${hours} h slope ${slope.toFixed(3)}, intercept ${intercept.toFixed(3)}`).join('; ')}.

## Imputation, validation part

Measured entries of 24-hour windows were hidden. Normalised scale; the mean is the training mean. RMSE and MAE of the median that
the imputer expects; CRPS of ${release.sampler.samples} samples over 19 quantiles as in CSDI; share of true values within the central 50 % and 90 % of the samples.

| hidden | entries | RMSE / MAE | CRPS | within 50 % | within 90 % | carried forward | mean |
|---|---|---|---|---|---|---|---|
${figures.imputation.map(imputationLine).join('\n')}

The spread of samples is scaled by ${release.sampler.spreadScale}, fitted on the first row.

## Limits

${LIMITS}

## Licence

${release.licence}.
`;
}

function riskNetworks({ hyper }: ReleaseDescription): string {
  const { members } = hyper.risk;
  if (members === 1) return 'an LSTM/Siamese risk network, learned jointly';
  return `${members} LSTM/Siamese risk networks, whose risks are one distribution`;
}

function memoryOf({ memoryPeakMb }: NonNullable<ReleaseDescription['training']>): string {
  return memoryPeakMb === undefined ? '' : `, ${memoryPeakMb} MB of memory at most`;
}

function startOf({ training }: ReleaseDescription): string {
  const start = training?.warmStart;
  if (start === undefined) return '';
  const frozen = start.frozenImputer ? ' Its imputer stayed as it was, and risk networks were learned alone.' : '';
  const kept =
    start.keptMembers > 0 ? ` Of its risk networks ${start.keptMembers} stayed as they were, the first ones.` : '';
  const risk = start.freshRisk ? ' The risk networks started from new weights.' : '';
  return `The training started from the weights of \`${start.releaseId}\` (SHA-256 \`${start.weightsDigest}\`).${frozen}${kept}${risk}\n\n`;
}

function mortalityLine({
  dataset,
  hour,
  uncalibrated,
  calibrated,
  nearest,
}: ReleaseFigures['mortality'][number]): string {
  const { rows, deaths, auroc, auprc } = uncalibrated;
  const { brier, calibrationSlope, calibrationIntercept } = calibrated;
  const cells = [auroc, auprc, brier, calibrationSlope, calibrationIntercept].map(interval);
  return `| ${[dataset, hour, rows, deaths, ...cells, nearest === undefined ? '' : interval(nearest.auroc)].join(' | ')} |`;
}

function imputationLine({ hidden, model, carryForward, mean }: ReleaseFigures['imputation'][number]): string {
  const errors = ({ rmse, mae }: { rmse: number; mae: number }): string => `${rmse.toFixed(3)} / ${mae.toFixed(3)}`;
  const cells = [
    hidden,
    model.entries,
    errors(model),
    model.crps.toFixed(3),
    percent(model.coverage50),
    percent(model.coverage90),
    errors(carryForward),
    errors(mean),
  ];
  return `| ${cells.join(' | ')} |`;
}

function interval({ value, low, high }: Estimate): string {
  return `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
