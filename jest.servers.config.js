import base from './jest.config.js';

/** Specs that need a real Kafka and a real InfluxDB; `npm run test:servers` starts them. */
export default {
  ...base,
  roots: ['<rootDir>/dist/test/servers'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 60_000,
};
