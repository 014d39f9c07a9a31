import type { RequestHandler } from 'express';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Who may ask. */
export interface AlerterAccess {
  /** Address that the alerter listens on. */
  readonly host: string;
  /** When given, only who sends it as a bearer token is answered. */
  readonly token?: string | undefined;
}

/** Whether an address or host name means this machine only. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

/**
 * Turns away who may not ask. Everything but `/health` needs the token where one is set. On a loopback address the Host header must be a
 * loopback name, and a browser's Origin is never welcome: pages ask the gateway.
 */
export function guardAlerter(access: AlerterAccess): RequestHandler {
  return (request, response, next) => {
    const { host, origin } = request.headers;
    if (origin !== undefined || (isLoopback(access.host) && !isLoopback(nameOf(host)))) {
      response.status(403).json({ code: 'forbidden', message: 'pages and other host names may not ask the alerter' });
    } else if (!request.path.toLowerCase().startsWith('/health/') && !knowsToken(access, request.headers)) {
      response.status(401).json({
        code: 'unauthorised',
        message: 'a bearer token is needed, or the one given is wrong; see ALERTER_TOKEN',
      });
    } else next();
  };
}

function nameOf(host: string | undefined): string {
  return (host ?? '').replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
}

function knowsToken({ token }: AlerterAccess, { authorization }: IncomingHttpHeaders): boolean {
  if (token === undefined) return true;
  const given = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
