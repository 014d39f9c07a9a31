export { decodeData, encodeEvent, eventType } from './cloud-event.js';
export type { BinaryEvent, Decoded, EventAttributes } from './cloud-event.js';
export { DEAD_LETTER, deadLetterSchema } from './dead-letter.js';
export type { DeadLetter } from './dead-letter.js';
export { OBSERVATION, observationEventSchema } from './observation-event.js';
export type { ObservationEvent } from './observation-event.js';
export { DEAD_LETTER_OUTCOMES, EVENT_OUTCOMES } from './outcomes.js';
export type { EventOutcome } from './outcomes.js';
export {
  imputedSignalSchema,
  latestValueSchema,
  news2Schema,
  RISK_SCORE,
  riskSchema,
  riskScoreSchema,
} from './risk-score.js';
export type { RiskScore } from './risk-score.js';
export { STAY_ADMITTED, stayAdmittedSchema, stayStaticSchema } from './stay-admitted.js';
export type { StayAdmitted } from './stay-admitted.js';
export { STAY_ENDED, stayEndedSchema } from './stay-ended.js';
export type { StayEnded } from './stay-ended.js';
export { TOPICS } from './topics.js';
export type { TopicName } from './topics.js';
