import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runReplay } from '#replay';
import { runValidate } from './run-validate.js';

/** From dist/apps/validator/src to the folder of package.json. */
const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..');

/** `npm run replay`: `validate` is done here, where the scorer may be composed with the replay; every other verb is the replay's own. */
const [verb, ...rest] = process.argv.slice(2);
process.exitCode = verb === 'validate' ? await runValidate(rest, ROOT) : await runReplay(process.argv.slice(2));
