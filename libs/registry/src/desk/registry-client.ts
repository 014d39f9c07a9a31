import { Readable } from 'node:stream';
import { z } from 'zod';
import { packBundle } from '../bundle/bundle-tar.js';
import { REGISTRY_ERROR_CODES, RegistryError, type RegistryErrorCode } from '../registry-error.js';
import type { LocatedRelease } from '../release-record.js';
import { RELEASE_STATES } from '#wire';
import { checkGiven } from './check-given.js';
import { ReleaseDesk, type Given, type Promotion } from './release-desk.js';

/** Where a registry answers. */
export interface RegistryClientOptions {
  /** Such as `http://127.0.0.1:3030`. */
  readonly url: string;
  /** Where the registry wants one. */
  readonly token?: string | undefined;
  /** Longest wait for an answer, milliseconds. @default 60_000 */
  readonly timeoutMs?: number;
}

const releaseSchema = z.object({
  ...{ releaseId: z.string(), digest: z.string(), state: z.enum(RELEASE_STATES), pinned: z.boolean() },
  ...{ shadowShare: z.number(), addedAtMs: z.number(), changedAtMs: z.number(), by: z.string(), why: z.string() },
  ...{ bytes: z.number(), bundleGoneAtMs: z.number().optional(), location: z.string() },
}) satisfies z.ZodType<LocatedRelease>;

/** A registry in another process, over HTTP. */
export class RegistryClient extends ReleaseDesk {
  constructor(private readonly options: RegistryClientOptions) {
    super();
  }

  override async releases(): Promise<readonly LocatedRelease[]> {
    return z.object({ releases: z.array(releaseSchema) }).parse(await this.ask('GET', '/releases')).releases;
  }

  /** Sends the bundle as a tar, the evidence with it. */
  override async add(bundleDirectory: string, given: Given): Promise<LocatedRelease> {
    const query = new URLSearchParams({ ...checkGiven(given) });
    const body = Readable.toWeb(packBundle(bundleDirectory, given.evidence)) as ReadableStream<Uint8Array>;
    return this.order(`/releases?${query}`, body, 'application/x-tar');
  }

  override shadow(releaseId: string, given: Given & { readonly share: number }): Promise<LocatedRelease> {
    return this.order(`/releases/${encodeURIComponent(releaseId)}/shadow`, given);
  }

  override promote(releaseId: string, given: Promotion): Promise<LocatedRelease> {
    return this.order(`/releases/${encodeURIComponent(releaseId)}/promote`, given);
  }

  override rollback(given: Given & { readonly pin?: boolean }): Promise<LocatedRelease> {
    return this.order('/rollback', given);
  }

  override retire(releaseId: string, given: Given): Promise<LocatedRelease> {
    return this.order(`/releases/${encodeURIComponent(releaseId)}/retire`, given);
  }

  override pin(releaseId: string, given: Given & { readonly pinned: boolean }): Promise<LocatedRelease> {
    return this.order(`/releases/${encodeURIComponent(releaseId)}/pin`, given);
  }

  private async order(path: string, body: unknown, type?: string): Promise<LocatedRelease> {
    return releaseSchema.parse(await this.ask('POST', path, body, type));
  }

  private async ask(method: string, path: string, body?: unknown, type = 'application/json'): Promise<unknown> {
    const { url, token, timeoutMs = 60_000 } = this.options;
    const headers = {
      ...(body !== undefined && { 'content-type': type }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    };
    const sent = type === 'application/json' ? JSON.stringify(body) : (body as ReadableStream<Uint8Array>);
    let response: Response;
    let answer: unknown;
    try {
      response = await fetch(`${url.replace(/\/$/, '')}${path}`, {
        ...{ method, headers, signal: AbortSignal.timeout(timeoutMs) },
        ...(body !== undefined && { body: sent, duplex: 'half' }),
      } as RequestInit);
      answer = await response.json();
    } catch (cause) {
      throw new RegistryError('unavailable', `the registry at ${url} did not answer: ${String(cause)}`, { cause });
    }
    if (response.ok) return answer;
    throw refusalOf(answer, response.status);
  }
}

const problemSchema = z.object({ code: z.string(), message: z.string() });

function refusalOf(answer: unknown, status: number): RegistryError {
  const problem = problemSchema.safeParse(answer);
  if (!problem.success) return new RegistryError('unavailable', `the registry answered with ${status}`);
  const { code, message } = problem.data;
  const known = (REGISTRY_ERROR_CODES as readonly string[]).includes(code);
  return new RegistryError(known ? (code as RegistryErrorCode) : 'unavailable', message);
}
