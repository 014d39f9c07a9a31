import type { TrainingStanding } from '#wire';
import { ageWords, dayAndTime } from './age-words.js';

const TRIGGER_WORDS: Readonly<Record<TrainingStanding['trigger'], string>> = {
  request: 'asked for',
  schedule: 'by schedule',
  outcomes: 'for new outcomes',
  drift: 'for drift',
};

/** What started a training and who says so: `by schedule, trainer: “its time”`. */
export function triggerWords({ trigger, by, why }: TrainingStanding): string {
  return `${TRIGGER_WORDS[trigger]}, ${by}: “${why}”`;
}

const PHASE_WORDS: Readonly<Record<string, string>> = {
  planning: 'parting the stays',
  windows: 'cutting windows',
  teacher: 'preparing the teacher',
  training: 'training',
  figures: 'measuring',
  scoring: 'scoring held-out stays',
  comparing: 'comparing with the champion',
};

/** How far a running training is: `41 %, training, epoch 3 of 6`; the step while nothing has been told. */
export function progressWords({ progress, step }: TrainingStanding): string {
  if (progress === undefined) return `step ${step}`;
  const { percent, phase, epoch, epochs } = progress;
  const at = epoch === undefined || epochs === undefined ? '' : `, epoch ${epoch} of ${epochs}`;
  return `${Math.floor(percent)} %, ${PHASE_WORDS[phase] ?? phase}${phase === 'training' ? at : ''}`;
}

/** When a running training is expected to end: `expected end 15 Jan 14:05, in 2 h 05`. */
export function expectedEndWords({ progress }: TrainingStanding, nowMs: number): string {
  const endMs = progress?.expectedEndMs;
  if (endMs === undefined) return 'expected end not known yet';
  const left = endMs - nowMs;
  return left < 0
    ? 'longer than expected'
    : `expected end ${dayAndTime(endMs)}, in ${left < 60_000 ? '1 min' : ageWords(left)}`;
}

const DECISION_WORDS = {
  promote: 'promote, the candidate may take the champion’s place',
  hold: 'hold, the stays do not tell, or a person should look',
  refuse: 'refuse, the candidate is worse',
} as const;

const STATE_WORDS: Readonly<Record<TrainingStanding['state'], string>> = {
  running: 'running',
  finished: 'finished',
  failed: 'failed',
  cancelled: 'cancelled',
  declined: 'declined, too few outcomes',
};

/** How a training stands: `running`, `failed`; with the gate's decision where there is one. */
export function trainingStateWords({ state, decision }: TrainingStanding): string {
  return decision === undefined
    ? STATE_WORDS[state]
    : `${STATE_WORDS[state]}; by ${decision.policy}: ${DECISION_WORDS[decision.decision]}`;
}

/** Where the candidate of a training stands; undefined while there is none. */
export function candidateWords({ candidateId, release }: TrainingStanding): string | undefined {
  if (candidateId === undefined || release === undefined) return undefined;
  const { state, promoteAtMs, note } = release;
  const where = {
    kept: 'is kept with its training, outside of the registry',
    candidate: 'is a candidate',
    shadow: `is in shadow${promoteAtMs === undefined ? '' : `, due to be promoted ${dayAndTime(promoteAtMs)}`}`,
    champion: 'became champion',
    left: 'is left to what others decided since',
  }[state];
  return `${candidateId} ${where}${note === undefined ? '' : `: ${note}`}`;
}
