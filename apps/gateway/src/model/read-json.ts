import type { z } from 'zod';
import type { AppAnswer } from './ask-app.js';

/** What was read, or a half sentence that says why it could not be. */
export type Read<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly why: string };

/** Reads an app's answer by a schema. Half of an answer is none: a figure that is half understood would be shown wrong. */
export function readJson<Schema extends z.ZodType>(answer: AppAnswer, schema: Schema): Read<z.infer<Schema>> {
  if (!answer.ok) return answer;
  if (answer.status === 401 || answer.status === 403) return { ok: false, why: 'refused the gateway: check its token' };
  if (answer.status !== 200) return { ok: false, why: `answered ${answer.status}` };
  const read = schema.safeParse(jsonOf(answer.body));
  if (read.success) return { ok: true, value: read.data };
  const { path, message } = read.error.issues[0]!;
  return { ok: false, why: `answered something unknown (${path.join('.') || 'answer'}: ${message})` };
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
