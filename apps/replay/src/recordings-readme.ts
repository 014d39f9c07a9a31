import type { RecordedStay } from '#datasets';

/** The README of a folder of recordings: what they are, whose data, under which licence, and which records. */
export function recordingsReadme(recordings: readonly RecordedStay[]): string {
  const challenge = recordings.filter(({ datasetId }) => datasetId === 'challenge-2012');
  const synthetic = recordings.filter(({ datasetId }) => datasetId === 'synthetic');
  return `# Recorded stays

Written by \`npm run recordings -- --dataset challenge-2012=PATH\`; do not edit by hand. One file a stay, NDJSON: a
\`stay-admitted\` line, \`observation\` lines in the order in which the values became available, a \`stay-ended\` line with the outcome.
Times are milliseconds since admission; \`availableAtMs\` is left out where it equals \`effectiveAtMs\`. \`npm run replay\` puts
them on the log.

## From PhysioNet/CinC Challenge 2012 (real patients, de-identified by its authors)

${table(challenge)}

Source: PhysioNet/CinC Challenge 2012, set-a, version 1.0.0, https://physionet.org/content/challenge-2012/1.0.0/, made available under
the Open Data Commons Attribution License v1.0 (ODC-By 1.0). Changes made: units converted to those of the signal catalogue, impossible
values left out, haemoglobin and SpO2 derived (and marked so), a simulated delay added to laboratory results, times relative to admission.
A recording ends 48 hours after admission with the stay's outcome in hospital; the stay itself went on.
All are of the test part of the project's split: no shipped model has learned from them.

- Silva I, Moody G, Scott DJ, Celi LA, Mark RG. Predicting in-hospital mortality of ICU patients: the PhysioNet/Computing in
  Cardiology Challenge 2012. Comput Cardiol 2012;39:245-248.
- Goldberger AL et al. PhysioBank, PhysioToolkit, and PhysioNet. Circulation 2000;101:e215-e220.

## Synthetic (nobody's data, made up by \`libs/datasets\`)

${table(synthetic)}
`;
}

function table(recordings: readonly RecordedStay[]): string {
  const rows = recordings.map(({ stay, observations, outcome }) => {
    return `| ${stay.stayId} | ${stay.static.unitType ?? 'unknown'} | ${outcome ?? 'unknown'} | ${observations.length} |`;
  });
  return ['| stay | unit | outcome | observations |', '|---|---|---|---|', ...rows].join('\n');
}
