import { KafkaEventLog } from '#stream';
import { describeEventLogContract } from '../contract/event-log.contract.js';
import { requiredSetting } from './required-setting.js';

const brokers = requiredSetting('KAFKA_BROKERS').split(',');

describeEventLogContract(
  'KafkaEventLog',
  async () => ({
    open: () => KafkaEventLog.open({ brokers }),
    destroy: async () => undefined,
  }),
  { ownClock: false, modelRuns: 4 },
);
