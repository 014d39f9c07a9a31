export { ALERT, ALERT_KINDS, ALERT_RESOLUTIONS, ALERT_SEVERITIES, ALERT_STATES, alertSchema } from './alert.js';
export type { Alert } from './alert.js';
export { ALERT_ACTIONS, ALERT_COMMAND, alertCommandSchema } from './alert-command.js';
export type { AlertCommand } from './alert-command.js';
export { decodeData, encodeEvent, eventType } from './cloud-event.js';
export type { BinaryEvent, Decoded, EventAttributes } from './cloud-event.js';
export { ADMISSION_CANCELLED, admissionCancelledSchema } from './admission-cancelled.js';
export type { AdmissionCancelled } from './admission-cancelled.js';
export {
  completedStaySchema,
  MAX_HISTORY_CHARACTERS,
  REMOVAL_REASONS,
  REMOVED_BECAUSE_HEADER,
  STAY_OUTCOME,
  stayDaySchema,
} from './completed-stay.js';
export type { CompletedStay, RemovalReason } from './completed-stay.js';
export { DISCHARGE_CANCELLED, dischargeCancelledSchema } from './discharge-cancelled.js';
export type { DischargeCancelled } from './discharge-cancelled.js';
export { STAY_MERGED, stayMergedSchema } from './stay-merged.js';
export type { StayMerged } from './stay-merged.js';
export { STAY_TRANSFERRED, stayTransferredSchema } from './stay-transferred.js';
export type { StayTransferred } from './stay-transferred.js';
export { STAY_WITHDRAWN, stayWithdrawnSchema } from './stay-withdrawn.js';
export type { StayWithdrawn } from './stay-withdrawn.js';
export { MAX_PRIOR_STAYS, WINDOW_JOINED, windowJoinedSchema } from './window-joined.js';
export type { WindowJoined } from './window-joined.js';
export { DEAD_LETTER, deadLetterSchema } from './dead-letter.js';
export type { DeadLetter } from './dead-letter.js';
export { MODEL_RELEASE, modelReleaseSchema, RELEASE_STATES } from './model-release.js';
export type { ModelRelease, ReleaseState } from './model-release.js';
export { RELEASE_ASSIGNMENTS, RELEASE_ASSIGNMENTS_KEY, releaseAssignmentsSchema } from './release-assignments.js';
export type { ReleaseAssignments } from './release-assignments.js';
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
export { DISPOSITIONS, outcomeOf, STAY_ENDED, stayEndedSchema } from './stay-ended.js';
export type { Disposition, StayEnded } from './stay-ended.js';
export { UNDELIVERED_ALERT, undeliveredAlertSchema } from './undelivered-alert.js';
export type { UndeliveredAlert } from './undelivered-alert.js';
export { DEFAULT_PARTITIONS, topicLayout } from './topic-layout.js';
export type { TopicLayout } from './topic-layout.js';
export { TOPICS } from './topics.js';
export type { TopicName } from './topics.js';
export {
  alertOrderResponseSchema,
  alertOrderSchema,
  alertsResponseSchema,
  LIVE_ALERTS_STATES,
  liveAlertsSchema,
  liveUnwatchAlertsSchema,
  liveWatchAlertsSchema,
} from './live-alerts.js';
export type { AlertOrder, AlertOrderResponse, AlertsResponse, LiveAlerts, LiveAlertsState } from './live-alerts.js';
export { LIVE_TECHNICAL_STATES, liveBedSchema, liveTrendPointSchema } from './live-bed.js';
export type { LiveBed, LiveTechnicalState } from './live-bed.js';
export {
  LIVE_CLIENT_FRAME_TYPES,
  liveClientFrameSchema,
  livePingSchema,
  liveSubscribeSchema,
  liveUnsubscribeSchema,
} from './live-client-frames.js';
export type { LiveClientFrame } from './live-client-frames.js';
export { LIVE_CLOSE_CODES, LIVE_ERROR_CODES } from './live-error.js';
export type { LiveErrorCode } from './live-error.js';
export {
  httpProblemSchema,
  riskTrendPointSchema,
  stayResponseSchema,
  trendPointSchema,
  trendsResponseSchema,
  wardsResponseSchema,
} from './live-http.js';
export type { HttpProblem, StayResponse, TrendsResponse, WardsResponse } from './live-http.js';
export { livePositionSchema, liveTargetSchema } from './live-identifiers.js';
export type { LivePosition, LiveTarget } from './live-identifiers.js';
export {
  driftStandingSchema,
  modelResponseSchema,
  RELEASE_ACTIONS,
  releaseDecisionSchema,
  releaseStandingSchema,
  signalDriftSchema,
  trainingStandingSchema,
  unavailableSchema,
} from './live-model.js';
export type {
  DriftStanding,
  ModelResponse,
  ReleaseAction,
  ReleaseDecision,
  ReleaseStanding,
  SignalDrift,
  TrainingStanding,
} from './live-model.js';
export {
  LIVE_BEARER_PREFIX,
  LIVE_DISCLAIMER,
  LIVE_PATH,
  LIVE_PROTOCOL_VERSION,
  LIVE_SUBPROTOCOL,
  LIVE_TREND_LENGTH,
} from './live-protocol.js';
export {
  liveErrorSchema,
  liveFeedSchema,
  liveHeartbeatSchema,
  liveHelloSchema,
  liveResumedSchema,
  liveServerFrameSchema,
  liveSnapshotSchema,
  liveUpdateSchema,
} from './live-server-frames.js';
export type {
  LiveError,
  LiveFeed,
  LiveHeartbeat,
  LiveHello,
  LiveResumed,
  LiveServerFrame,
  LiveSnapshot,
  LiveUpdate,
} from './live-server-frames.js';
export { liveObservationSchema, liveStaySchema } from './live-stay.js';
export type { LiveStay } from './live-stay.js';
