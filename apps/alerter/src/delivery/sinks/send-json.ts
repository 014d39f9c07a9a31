import { request as requestInTheOpen, type IncomingMessage } from 'node:http';
import { request as requestGuarded } from 'node:https';
import type { SinkAnswer } from '../alert-sink.js';
import { retryAfterMs } from './retry-after.js';

/** A request to a receiver. */
export interface JsonRequest {
  readonly method: 'POST' | 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string;
  readonly timeoutMs: number;
  /** Epoch milliseconds, for a Retry-After that names a date. */
  readonly nowMs: number;
}

/** Statuses below 500 after which another attempt can succeed: time-outs, too early, too many, and credentials that somebody is about to mend. */
const RETRIED = new Set([401, 403, 407, 408, 425, 429]);
const EXCERPT = 300;

/**
 * Sends JSON and says what the answer means. Redirects are not followed, since what is sent belongs to the configured receiver alone. Never rejects for what a network
 * or a receiver does.
 */
export function sendJson(asked: JsonRequest): Promise<SinkAnswer> {
  const { method, url, headers, body, timeoutMs, nowMs } = asked;
  const bytes = Buffer.from(body);
  return new Promise((resolve) => {
    const send = url.startsWith('https:') ? requestGuarded : requestInTheOpen;
    const request = send(url, { method, headers: { ...headers, 'content-length': bytes.length } });
    const timer = setTimeout(() => request.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    const end = (answer: SinkAnswer): void => {
      clearTimeout(timer);
      resolve(answer);
    };
    request.on('error', (error: NodeJS.ErrnoException) => {
      end({ outcome: 'failed', detail: error.code === undefined ? error.message : `no connection (${error.code})` });
    });
    request.on('response', (response) => {
      const status = response.statusCode ?? 0;
      const askedMs = retryAfterMs(response.headers['retry-after'], nowMs);
      void excerptOf(response).then((excerpt) => end(meaningOf(status, excerpt, askedMs)));
    });
    request.end(bytes);
  });
}

/** 2xx is taken; what cannot change by itself is refused; the rest has failed for now. */
function meaningOf(status: number, excerpt: string, askedMs: number | undefined): SinkAnswer {
  if (status >= 200 && status < 300) return { outcome: 'delivered' };
  const detail = `status ${status}${excerpt === '' ? '' : `: ${excerpt}`}`;
  if (status < 500 && !RETRIED.has(status)) return { outcome: 'refused', detail };
  return { outcome: 'failed', detail, ...(askedMs === undefined ? {} : { retryAfterMs: askedMs }) };
}

/** The beginning of the answer, on one line; the rest is not read. A status that has come stands, also when the connection breaks behind it. */
async function excerptOf(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of response as AsyncIterable<Buffer>) {
      parts.push(part);
      size += part.length;
      if (size >= EXCERPT) break;
    }
  } catch {
    // what has come is enough
  }
  return Buffer.concat(parts).toString('utf8').slice(0, EXCERPT).replace(/\s+/g, ' ').trim();
}
