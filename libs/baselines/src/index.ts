export { news2, NEWS2_PARTS } from './news2.js';
export type { LatestLookup, News2, News2Part } from './news2.js';
