import type { z } from 'zod';
import { SettingsError, type SettingProblem } from './settings-error.js';

const SECRET_NAME = /PASSWORD|SECRET|TOKEN|KEY$/;
/** Also where the password is what makes it no URL: a slash in it, or no scheme before it. */
const ADDRESS_WITH_CREDENTIALS = /@/;

/**
 * Reads an app's settings from the environment, once, at start.
 *
 * The schema's field names are the variables' names. An empty text counts as not set. Values arrive as text, so numbers want
 * `z.coerce.number()` and switches `z.stringbool()`.
 *
 * @throws SettingsError naming every bad setting, its value (secrets hidden) and what was expected
 */
export function readSettings<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): z.infer<z.ZodObject<Shape>> {
  const given: Record<string, string> = {};
  for (const name of Object.keys(schema.shape)) {
    const value = environment[name];
    if (value !== undefined && value !== '') given[name] = value;
  }
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new SettingsError(result.error.issues.map((issue) => problemOf(issue, given)));
}

function problemOf(issue: z.core.$ZodIssue, given: Readonly<Record<string, string>>): SettingProblem {
  const name = String(issue.path[0] ?? 'settings');
  const value = given[name];
  const expected = issue.message.replace(/^Invalid input: /, '').replace(/^Invalid option: /, '');
  if (value === undefined) return { name, expected };
  const secret = SECRET_NAME.test(name) || ADDRESS_WITH_CREDENTIALS.test(value);
  return { name, value: secret ? '(hidden)' : value, expected };
}
