import type { ReleaseManifest } from '#model';
import type { TrainingClaim } from '#reporting';
import type { EvaluationData } from './collect-data.js';
import { countSeen, isChosen, type SplitChoice } from './choose-windows.js';

/** Sources of some data sets: their patients may be the same people under other pseudonyms. */
const RELATED: readonly (readonly string[])[] = [['challenge-2012', 'mimic-iii', 'mimic-iv']];

/** Sentences below a table that say what of its stays the bundle's training saw. */
export function seenNotes(
  { id, store }: EvaluationData,
  releaseId: string,
  split: SplitChoice,
  training: TrainingClaim | undefined,
): string[] {
  const { chosen, leftOut } = countSeen(store, split, training);
  const used = training?.datasets.find((one) => one.id === id);
  const total = chosen.weights + chosen.validation + chosen.unseen;
  const left = leftOut.weights + leftOut.validation;
  const notes = [
    `Seen in training: of the ${total} stays here, ${releaseId} learned its weights from ${chosen.weights}, was stopped and calibrated by ${chosen.validation}, and never saw ${chosen.unseen}.` +
      (chosen.weights + chosen.validation > 0 ? ' Figures on stays that were seen flatter.' : '') +
      (left > 0 ? ` Left out since they were seen: ${leftOut.weights} and ${leftOut.validation}.` : '') +
      (left === 0 && split === 'unseen' && used !== undefined
        ? ` It was trained on ${used.stays} other stays of ${id} (by the hash of the patient: all but the test part), which are left out.`
        : ''),
  ];
  const relatives = (training?.datasets ?? []).filter(
    (used) => used.id !== id && RELATED.some((group) => group.includes(used.id) && group.includes(id)),
  );
  if (relatives.length > 0)
    notes.push(
      `${id} and ${relatives.map((used) => used.id).join(', ')} come from the same hospital: the same people may be in both, which their pseudonyms cannot tell.`,
    );
  return notes;
}

/** {@link seenNotes}, and what is to be known of the bundle's figures at all. */
export function bundleNotes(
  data: EvaluationData,
  manifest: Pick<ReleaseManifest, 'releaseId' | 'stage' | 'training' | 'scoreFloor' | 'signals'>,
  split: SplitChoice,
): string[] {
  const { releaseId, stage, training, scoreFloor, signals } = manifest;
  const chosen = [...data.store.labels.keys()].filter((index) => isChosen(data.store.labels[index]!, split, training));
  const below = countBelow(data, chosen, signals, scoreFloor.minCompleteness);
  return [
    ...seenNotes(data, releaseId, split, training),
    ...(below > 0
      ? [
          `${below} of ${chosen.length} windows are measured too sparsely to be scored when served; they are scored here.`,
        ]
      : []),
    ...(stage === 'untrained' ? [`${releaseId} is untrained: its weights are random, its figures mean nothing.`] : []),
    ...(training?.preset === 'paper'
      ? [`${releaseId} was trained with the paper preset: its risks are no probabilities.`]
      : []),
  ];
}

/** Windows in which fewer than a share of the signals were measured at all. */
function countBelow(
  { store }: EvaluationData,
  windows: readonly number[],
  signals: readonly string[],
  minCompleteness: number,
): number {
  const { hours, values } = store;
  const rows = signals.map((signal) => store.signals.indexOf(signal));
  return windows.filter((window) => {
    const measured = rows.filter((row) => {
      const first = (window * store.signals.length + row) * hours;
      return row >= 0 && values.subarray(first, first + hours).some((value) => !Number.isNaN(value));
    });
    return measured.length / signals.length < minCompleteness;
  }).length;
}
