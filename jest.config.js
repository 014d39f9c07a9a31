/** Specs run on the compiled output, so what is tested is what is shipped; see README, "How to work on it". */
export default {
  testEnvironment: '<rootDir>/tools/jest-environment.js',
  roots: ['<rootDir>/dist'],
  testMatch: ['**/*.spec.js'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/test/servers/', '/dist/test/browser/'],
  testTimeout: 30_000,
  watchman: false,
};
