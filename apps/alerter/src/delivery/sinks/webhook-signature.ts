import { createHmac } from 'node:crypto';

const PREFIX = 'whsec_';
const MIN_BYTES = 24;
const MAX_BYTES = 64;

/**
 * Headers of a signed message by the Standard Webhooks scheme, version 1: HMAC-SHA256 over `id.timestamp.body`, in base64, one signature for each active secret, so that
 * a receiver that knows either of them accepts the message while secrets are rotated.
 * Source: Standard Webhooks specification, https://github.com/standard-webhooks/standard-webhooks.
 *
 * @param secrets decoded, newest first
 * @param id without a full stop
 */
export function signWebhook(
  id: string,
  atMs: number,
  body: string,
  secrets: readonly Uint8Array[],
): Readonly<Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>> {
  const timestamp = String(Math.floor(atMs / 1_000));
  const signed = `${id}.${timestamp}.${body}`;
  const signatures = secrets.map((secret) => `v1,${createHmac('sha256', secret).update(signed).digest('base64')}`);
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}

/** Decodes a secret in its usual form, `whsec_` and base64 of 24 to 64 bytes; undefined when it is none. */
export function webhookSecret(text: string): Uint8Array | undefined {
  const base64 = text.startsWith(PREFIX) ? text.slice(PREFIX.length) : '';
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
  const bytes = Buffer.from(base64, 'base64');
  return bytes.length >= MIN_BYTES && bytes.length <= MAX_BYTES ? bytes : undefined;
}
