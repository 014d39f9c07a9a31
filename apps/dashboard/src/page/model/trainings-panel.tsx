import type { JSX } from 'preact';
import type { ModelResponse, TrainingStanding } from '#wire';
import { dayAndTime } from '../../words/age-words.js';
import {
  candidateWords,
  expectedEndWords,
  progressWords,
  trainingStateWords,
  triggerWords,
} from '../../words/training-words.js';
import { ModelPanel } from './model-panel.js';
import { ReportLink } from './report-link.js';
import { Since } from './since.js';

/** Trainings that are shown without being asked for. */
const SHOWN_AT_FIRST = 5;

interface TrainingsPanelProps {
  readonly part: ModelResponse['trainings'];
  readonly nowMs: number;
}

/** The training that runs, with how far it is, and those that ended, with what the gate decided. */
export function TrainingsPanel({ part, nowMs }: TrainingsPanelProps): JSX.Element {
  return (
    <ModelPanel id="trainings" title="Trainings" part={part} nowMs={nowMs}>
      {({ trainings, nextAtMs }) => {
        const row = (training: TrainingStanding): JSX.Element => (
          <Training key={training.id} training={training} nowMs={nowMs} />
        );
        const older = trainings.slice(SHOWN_AT_FIRST);
        return (
          <>
            <p class="small model-line">
              {nextAtMs === undefined ? 'No training is scheduled.' : `The next is due ${dayAndTime(nextAtMs)}.`}
            </p>
            {trainings.length === 0 && <p class="quiet">Nothing has been trained here yet.</p>}
            <ul>{trainings.slice(0, SHOWN_AT_FIRST).map(row)}</ul>
            {older.length > 0 && (
              <details>
                <summary>{older.length} older</summary>
                <ul>{older.map(row)}</ul>
              </details>
            )}
          </>
        );
      }}
    </ModelPanel>
  );
}

function Training({ training, nowMs }: { readonly training: TrainingStanding; readonly nowMs: number }): JSX.Element {
  const { id, state, startedAtMs, endedAtMs, knownOutcomes, restarts, decision, problem } = training;
  const candidate = candidateWords(training);
  return (
    <li class="model-training" data-state={state}>
      <p>
        <b class="number">{id}</b> <span class="model-state">{trainingStateWords(training)}</span>{' '}
        {decision && <ReportLink trainingId={id} />}
      </p>
      {state === 'running' && <Progress training={training} nowMs={nowMs} />}
      {candidate !== undefined && <p>{candidate}</p>}
      {problem !== undefined && <p class="model-problem">{problem}</p>}
      {decision && decision.reasons.length > 0 && (
        <details>
          <summary>Why</summary>
          <ul class="model-reasons">
            {decision.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </details>
      )}
      <p class="small quiet">
        {endedAtMs === undefined ? 'Started ' : 'Ended '}
        <Since atMs={endedAtMs ?? startedAtMs} nowMs={nowMs} />, {triggerWords(training)}, {knownOutcomes} known
        outcomes
        {restarts > 0 && `, taken up again ${restarts === 1 ? 'once' : `${restarts} times`}`}
      </p>
    </li>
  );
}

function Progress({ training, nowMs }: { readonly training: TrainingStanding; readonly nowMs: number }): JSX.Element {
  return (
    <>
      <progress max={100} value={training.progress?.percent ?? 0} aria-label={`Progress of training ${training.id}`} />
      <p class="number">
        {progressWords(training)}; {expectedEndWords(training, nowMs)}
      </p>
    </>
  );
}
