import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SHIPPED_RELEASE_ID, shippedReleaseDirectory } from '#model';
import { describeMachine, readCodeVersion } from '#reporting';
import { readSettings, runMain, ServiceLogger, stopOnSignals, type ShutdownStep } from '#service';
import { readPolicies } from '../read-policies.js';
import { usualPolicy } from '../usual-policy.js';
import { createValidator } from './create-validator.js';
import { VALIDATOR_SETTINGS } from './validator-settings.js';

/** From dist/apps/validator/src/server to the folder of package.json. */
const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../../../..');

/** The validator in a process of its own. Exit code 2 for bad settings, 1 for a failure. */
async function main(): Promise<void> {
  const settings = readSettings(VALIDATOR_SETTINGS);
  const logger = new ServiceLogger({ service: 'validator', level: settings.LOG_LEVEL });
  const steps: ShutdownStep[] = [];
  stopOnSignals({ steps, logger });
  const policy = settings.VALIDATOR_POLICY;
  const validator = await createValidator({
    ...{ host: settings.VALIDATOR_HOST, port: settings.VALIDATOR_PORT, token: settings.VALIDATOR_TOKEN },
    places: {
      datasets: settings.VALIDATOR_DATASETS,
      releases: { [SHIPPED_RELEASE_ID]: shippedReleaseDirectory(), ...settings.VALIDATOR_RELEASES },
    },
    policies: await readPolicies(policy === undefined ? [] : [policy], usualPolicy(ROOT)),
    ...{ threads: settings.VALIDATOR_THREADS, folder: settings.VALIDATOR_FOLDER, logger },
    ...{ code: await readCodeVersion(ROOT), machine: describeMachine() },
  });
  steps.unshift({ name: 'validator', run: () => validator.stop() });
  logger.info('validator started', { url: validator.url });
}

runMain(main);
