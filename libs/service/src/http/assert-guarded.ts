import { SettingsError } from '../settings-error.js';
import { isLoopback } from './loopback.js';

/** Where an app would listen, and what guards it there. */
export interface GuardedSettings {
  readonly host: string;
  readonly token?: string | undefined;
  readonly withoutToken?: boolean;
}

/**
 * Refuses to listen beyond loopback without a token.
 *
 * @param prefix what the names of the app's settings begin with, such as `GATEWAY`
 * @throws SettingsError
 */
export function assertGuarded(prefix: string, settings: GuardedSettings): void {
  if (isLoopback(settings.host) || settings.token !== undefined || settings.withoutToken === true) return;
  throw new SettingsError([
    {
      name: `${prefix}_TOKEN`,
      expected: `${settings.host} can be reached from other machines, so a token of at least 16 characters is needed (or ${prefix}_WITHOUT_TOKEN=yes, where something in front of the app checks who asks)`,
    },
  ]);
}
