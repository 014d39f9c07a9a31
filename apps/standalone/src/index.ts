export { disagreements, ledgerText } from './demo/ledger.js';
export type { Agreement, LedgerLine } from './demo/ledger.js';
export { runDemo } from './demo/run-demo.js';
export type { DemoOptions, DemoResult } from './demo/run-demo.js';
export { agreementsOf, ledgerOf } from './demo/take-stock.js';
export type { Stock } from './demo/take-stock.js';
export { replaySource } from './replay-source.js';
export { startStandalone } from './standalone.js';
export type { Standalone, StandaloneOptions, StandaloneReplay } from './standalone.js';
