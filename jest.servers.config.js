import base from './jest.config.js';

/** Specs that need real servers (Kafka, InfluxDB, Alertmanager, a FHIR end-point); `npm run test:servers` starts them. */
export default {
  ...base,
  roots: ['<rootDir>/dist/test/servers'],
  testPathIgnorePatterns: ['/node_modules/'],
  testSequencer: '<rootDir>/tools/servers-spec-order.js',
  testTimeout: 60_000,
};
