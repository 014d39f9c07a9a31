import type { INestApplication } from '@nestjs/common';
import type { Server } from 'node:http';

/**
 * A connection that is kept alive is closed this long after its last answer. Node's own 5 seconds are within what a busy process lets a caller
 * wait, who then sends into a connection that is being closed; load balancers keep theirs for a minute.
 */
const KEEP_ALIVE_MS = 65_000;

/** Serves an app over HTTP. @returns its URL, with the port that it was given where `port` is 0 */
export async function listenOn(app: INestApplication, port: number, host: string): Promise<string> {
  const server = app.getHttpServer() as Server;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await app.listen(port, host);
  return app.getUrl();
}
