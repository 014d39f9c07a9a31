import { RegistryError } from '../registry-error.js';
import type { Given } from './release-desk.js';

const MAX_BY = 200;
const MAX_WHY = 2_000;
const MAX_EVIDENCE_BYTES = 8 * 1024 * 1024;

/** Who and why, trimmed. @throws RegistryError `bad-request` when one of them is missing or too long */
export function checkGiven(given: Given): { readonly by: string; readonly why: string } {
  return { by: said('by', given.by, MAX_BY), why: said('why', given.why, MAX_WHY) };
}

/** The evidence as JSON bytes; undefined when there is none. @throws RegistryError `bad-request` or `too-large` */
export function encodeEvidence(evidence: unknown): Buffer | undefined {
  if (evidence === undefined) return undefined;
  let text: string | undefined;
  try {
    text = JSON.stringify(evidence);
  } catch (cause) {
    throw new RegistryError('bad-request', 'the evidence cannot be written as JSON', { cause });
  }
  if (text === undefined) throw new RegistryError('bad-request', 'the evidence cannot be written as JSON');
  const bytes = Buffer.from(text);
  if (bytes.length > MAX_EVIDENCE_BYTES)
    throw new RegistryError(
      'too-large',
      `the evidence has ${bytes.length} bytes; ${MAX_EVIDENCE_BYTES} are taken at most`,
    );
  return bytes;
}

function said(name: 'by' | 'why', text: unknown, longest: number): string {
  const trimmed = typeof text === 'string' ? text.trim() : '';
  if (trimmed === '')
    throw new RegistryError('bad-request', `"${name}" is missing: every decision names who made it ("by") and "why"`);
  if (trimmed.length > longest)
    throw new RegistryError('bad-request', `"${name}" has ${trimmed.length} characters; ${longest} are taken at most`);
  return trimmed;
}
