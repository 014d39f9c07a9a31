import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a path is answered with: JSON for a value, or whatever the function does. */
type Answers = Record<string, object | ((response: ServerResponse) => void)>;

/** An HTTP server that answers as told, and remembers what it was asked. */
export interface AnsweringApp {
  readonly url: string;
  /** Path and headers of every request, in order. */
  readonly asked: { readonly path: string; readonly headers: IncomingHttpHeaders }[];
  /** Replaced by a spec to let it answer otherwise. */
  answers: Answers;
  close(): Promise<void>;
}

/** Starts one on a free loopback port; other paths get 404. */
export async function answeringApp(answers: Answers): Promise<AnsweringApp> {
  const asked: AnsweringApp['asked'] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push({ path, headers: request.headers });
    const answer = app.answers[path];
    if (typeof answer === 'function') return answer(response);
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? { code: 'not-found', message: 'nothing here' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const app: AnsweringApp = {
    ...{ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, answers },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return app;
}
