const KEY = 'vigil.access-token';

/**
 * The bearer token for a gateway that asks for one. It is given once as `#token=…` in the page's address, kept for this tab only, and
 * taken out of the address at once.
 */
export function accessToken(): string | undefined {
  return sessionStorage.getItem(KEY) ?? undefined;
}

/** Takes a token out of the address, if there is one. Call before anything reads the route. */
export function takeTokenFromAddress(): void {
  const found = /^#token=(.+)$/.exec(location.hash);
  if (!found) return;
  sessionStorage.setItem(KEY, decodeURIComponent(found[1]!));
  history.replaceState(null, '', location.pathname + location.search);
}

/** Headers for a request to the gateway. */
export function accessHeaders(): Record<string, string> {
  const token = accessToken();
  return token ? { authorization: `Bearer ${token}` } : {};
}
