import { RegistryError } from '#registry';
import { z } from 'zod';

const given = { by: z.string(), why: z.string(), evidence: z.json().optional() };

/** Bodies of the orders. Unknown fields are refused: one that is misspelt must not be passed over. */
export const ORDERS = {
  add: z.strictObject({ ...given, path: z.string().min(1) }),
  upload: z.strictObject({ by: z.string(), why: z.string() }),
  shadow: z.strictObject({ ...given, share: z.number() }),
  promote: z.strictObject({ ...given, automatic: z.boolean().default(false), force: z.boolean().default(false) }),
  retire: z.strictObject(given),
  pin: z.strictObject({ ...given, pinned: z.boolean().default(true) }),
  rollback: z.strictObject({ ...given, pin: z.boolean().default(false) }),
} as const;

/** An order as its schema says. @throws RegistryError `bad-request` with the first problem */
export function readOrder<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const read = parse(schema, body ?? {});
  if (read.success) return read.data;
  const { path, message } = read.error.issues[0]!;
  throw new RegistryError('bad-request', `${path.join('.') || 'the order'}: ${message}`);
}

/** Evidence is checked by recursion, which ends where the stack does. */
function parse<Schema extends z.ZodType>(schema: Schema, body: unknown): z.ZodSafeParseResult<z.infer<Schema>> {
  try {
    return schema.safeParse(body);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new RegistryError('bad-request', 'the order is nested too deeply; expected evidence of a few levels', {
      cause,
    });
  }
}
