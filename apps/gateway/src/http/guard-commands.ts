import express, { type RequestHandler } from 'express';
import type { HttpProblem } from '#wire';

/** Longest body of a command, bytes. */
const MAX_BODY = 4_096;

/**
 * Stands before whatever changes something. The Origin has been checked for every request; besides, a command is JSON by its content type, which no form of another site can
 * send and which a script of another site may send only after a preflight that is never answered, and a browser that says that another site asks is turned away.
 */
export function guardCommands(allowedOrigins: readonly string[]): RequestHandler[] {
  const parse = express.json({ limit: MAX_BODY, strict: true, type: 'application/json' });
  return [
    (request, response, next) => {
      if (request.method === 'GET' || request.method === 'HEAD') return next();
      const refuse = (status: number, code: HttpProblem['code'], message: string): void => {
        response.status(status).json({ code, message } satisfies HttpProblem);
      };
      const site = request.headers['sec-fetch-site'];
      const known = allowedOrigins.includes(request.headers.origin ?? '');
      if (site !== undefined && site !== 'same-origin' && site !== 'none' && !known) {
        return refuse(403, 'unauthorised', 'pages of other sites may not change anything');
      }
      if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
        return refuse(400, 'bad-request', 'the content type is not application/json; a command is a JSON object');
      }
      parse(request, response, (error?: unknown) => {
        if (error === undefined) return next();
        refuse(400, 'bad-request', `the body is not a JSON object of at most ${MAX_BODY} bytes`);
      });
    },
  ];
}
