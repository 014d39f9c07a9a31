import { LIVE_BEARER_PREFIX } from '#wire';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isLoopback } from './loopback.js';

/** Who may ask. */
export interface AccessOptions {
  /** Address that the app listens on. */
  readonly host: string;
  /** Other origins that may open the live end-point, such as `https://ward.example`. */
  readonly allowedOrigins: readonly string[];
  /** When given, data are given out only to who knows it. */
  readonly token?: string | undefined;
  /** What the names of the app's settings begin with, such as `GATEWAY`. */
  readonly settings: string;
}

/** Why a request is turned away. */
export type AccessRefusal = 'unauthorised' | 'foreign-host' | 'foreign-origin';

/**
 * Decides who may ask for data. On a loopback address the Host header must be a loopback name, so that a page of a hostile site cannot reach the app by a name that it
 * lets point to 127.0.0.1. A browser's Origin must be the app's own or an allowed one.
 */
export class AccessPolicy {
  private readonly tokenDigest: Buffer | undefined;

  constructor(private readonly options: AccessOptions) {
    this.tokenDigest = options.token === undefined ? undefined : digest(options.token);
  }

  /** Whether host and origin are ours; asked for every request. */
  refusesOrigin(headers: IncomingHttpHeaders): AccessRefusal | undefined {
    const { host, origin } = headers;
    if (isLoopback(this.options.host) && !this.isOwnHost(host)) return 'foreign-host';
    if (origin === undefined || this.options.allowedOrigins.includes(origin)) return undefined;
    return hostOf(origin) === host ? undefined : 'foreign-origin';
  }

  /** Host, origin and token; asked for every request of data. */
  refuses(headers: IncomingHttpHeaders): AccessRefusal | undefined {
    return this.refusesOrigin(headers) ?? (this.knowsToken(headers) ? undefined : 'unauthorised');
  }

  /** What a refusal says. */
  messageOf(refusal: AccessRefusal): string {
    const { settings } = this.options;
    if (refusal === 'unauthorised') return `a bearer token is needed, or the one given is wrong; see ${settings}_TOKEN`;
    if (refusal === 'foreign-host')
      return 'the Host header names another machine; on a loopback address only localhost is answered';
    return `pages of this origin may not ask; add it to ${settings}_ALLOWED_ORIGINS`;
  }

  private isOwnHost(host: string | undefined): boolean {
    if (host === undefined) return false;
    if (this.options.allowedOrigins.some((origin) => hostOf(origin) === host)) return true;
    return isLoopback(host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1'));
  }

  private knowsToken(headers: IncomingHttpHeaders): boolean {
    if (this.tokenDigest === undefined) return true;
    const given = bearerOf(headers);
    return given !== undefined && timingSafeEqual(digest(given), this.tokenDigest);
  }
}

/** The token of an Authorization header, or of the subprotocol that browsers send instead. */
function bearerOf(headers: IncomingHttpHeaders): string | undefined {
  const header = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
  if (header !== undefined) return header;
  const offered = headers['sec-websocket-protocol']?.split(',').map((protocol) => protocol.trim()) ?? [];
  const bearer = offered.find((protocol) => protocol.startsWith(LIVE_BEARER_PREFIX));
  return bearer === undefined
    ? undefined
    : Buffer.from(bearer.slice(LIVE_BEARER_PREFIX.length), 'base64url').toString('utf8');
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
