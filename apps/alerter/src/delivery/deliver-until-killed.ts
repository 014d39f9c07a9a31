import { EmbeddedEventLog } from '#stream';
import { Registry } from 'prom-client';
import { AlertDelivery } from './alert-delivery.js';
import { readSinkFile } from './config/read-sink-file.js';

/**
 * The process that is killed in survives-kill.spec.ts: delivers what is on the log in the folder given to the sinks of the file given. It lies here because it starts
 * several times: by the room's name it would load all of the app.
 */
const [folder, file] = process.argv.slice(2) as [string, string];
await AlertDelivery.start({
  log: EmbeddedEventLog.open({ directory: `${folder}/log` }),
  sinks: await readSinkFile(file, { environment: process.env, nowMs: Date.now, write: (_line, written) => written() }),
  folder: `${folder}/delivery`,
  logger: { error: () => undefined },
  metrics: new Registry(),
  onFailure: (error) => {
    throw error;
  },
});
// until it is killed
setInterval(() => undefined, 60_000);
