import { writeFileSync } from 'node:fs';
import { liveAsyncApi } from './live-asyncapi.js';

/* Run by hand after a change of the frames: `node dist/libs/wire/src/write-live-asyncapi.js`. The spec fails while the document is old. */
const path = new URL('../../../../libs/wire/live.asyncapi.json', import.meta.url);
writeFileSync(path, `${JSON.stringify(liveAsyncApi(), null, 2)}\n`);
process.stdout.write(`wrote ${path.pathname}\n`);
