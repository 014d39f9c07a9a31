/** Another app's HTTP interface. */
export interface AppAddress {
  /** Such as `http://127.0.0.1:3030`. */
  readonly url: string;
  /** Sent as a bearer token, to this address only. */
  readonly token?: string | undefined;
}

/** What an app answered, or a half sentence that says what happened instead. */
export type AppAnswer =
  { readonly ok: true; readonly status: number; readonly body: Buffer } | { readonly ok: false; readonly why: string };

/** How long an answer may take and how large it may be. */
export interface AskLimits {
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/** Asks an app with GET. Never throws; a redirect is not followed, so that the token goes nowhere else. */
export async function askApp({ url, token }: AppAddress, path: string, limits: AskLimits): Promise<AppAnswer> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), limits.timeoutMs);
  try {
    const response = await fetch(`${url.replace(/\/+$/, '')}${path}`, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      redirect: 'error',
      signal: controller.signal,
    });
    const body = await bodyWithin(response, limits.maxBytes);
    if (body === undefined) return { ok: false, why: `answered with more than ${limits.maxBytes} bytes` };
    return { ok: true, status: response.status, body };
  } catch {
    const why = controller.signal.aborted ? `did not answer within ${limits.timeoutMs / 1000} s` : 'cannot be reached';
    return { ok: false, why };
  } finally {
    clearTimeout(timer);
  }
}

/** The bytes of an answer; undefined as soon as there are too many. */
async function bodyWithin(response: Response, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    // leaving the loop cancels the rest of the body
    if (bytes > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
