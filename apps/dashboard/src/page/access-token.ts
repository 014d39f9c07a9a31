import { decodedPart } from '../words/decoded-part.js';

const KEY = 'vigil.access-token';

/**
 * The bearer token for a gateway that asks for one, kept for this tab only. It is typed in, or given once as `#token=…` in the page's
 * address and taken out of it at once.
 */
export function accessToken(): string | undefined {
  return sessionStorage.getItem(KEY) ?? undefined;
}

/** Keeps a token for this tab. */
export function keepAccessToken(token: string): void {
  sessionStorage.setItem(KEY, token);
}

/** Whether the gateway turns this page away for want of a token. */
export async function isTokenWanted(): Promise<boolean> {
  try {
    const response = await fetch('./api/wards', { headers: accessHeaders() });
    return response.status === 401;
  } catch {
    return false;
  }
}

/** Takes a token out of the address, if there is one. Call before anything reads the route. */
export function takeTokenFromAddress(): void {
  const found = /^#token=(.+)$/.exec(location.hash);
  if (!found) return;
  keepAccessToken(decodedPart(found[1]!));
  history.replaceState(null, '', location.pathname + location.search);
}

/** Headers for a request to the gateway. */
export function accessHeaders(): Record<string, string> {
  const token = accessToken();
  return token ? { authorization: `Bearer ${token}` } : {};
}
