/** How long a receiver asks to be left alone, milliseconds: its Retry-After in seconds or as an HTTP date (RFC 9110, 10.2.3). */
export function retryAfterMs(value: string | undefined, nowMs: number): number | undefined {
  const given = value?.trim() ?? '';
  if (/^\d{1,9}$/.test(given)) return Number(given) * 1_000;
  const atMs = /^[A-Z][a-z]{2}/.test(given) ? Date.parse(given) : NaN;
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}
