/** The topics that join the apps, as in the way of the data. */
export const TOPICS = {
  bedsideEvents: 'bedside-events',
  riskScores: 'risk-scores',
  staySnapshots: 'stay-snapshots',
  deadLetters: 'dead-letters',
  modelReleases: 'model-releases',
  shadowScores: 'shadow-scores',
  alerts: 'alerts',
  alertCommands: 'alert-commands',
  alerterSnapshots: 'alerter-snapshots',
  stayOutcomes: 'stay-outcomes',
} as const;

/** Name of a topic. */
export type TopicName = (typeof TOPICS)[keyof typeof TOPICS];
