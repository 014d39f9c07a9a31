import { signal } from '@preact/signals';
import { alertOrderResponseSchema, httpProblemSchema, type Alert, type AlertCommand, type AlertOrder } from '#wire';
import { accessHeaders } from '../access-token.js';

const KEY = 'vigil.acting-name';

/** Id of the field with the name of whoever acts. */
export const NAME_FIELD_ID = 'acting-name';

/** Who acts, as typed in; kept for this tab only, since a ward's screen has many hands. */
export const actingName = signal(sessionStorage.getItem(KEY) ?? '');

/** Keeps the name for this tab. */
export function keepActingName(name: string): void {
  actingName.value = name;
  sessionStorage.setItem(KEY, name);
}

/** The gateway answers once the log has the command. */
const GIVE_UP_AFTER_MS = 10_000;

/** Asks the gateway for a change of an alert. @returns why it was not taken, for people; undefined when it was */
export async function actOnAlert(
  alert: Alert,
  action: AlertCommand['action'],
  order: AlertOrder,
): Promise<string | undefined> {
  try {
    const response = await fetch(`./api/alerts/${alert.alertId}/${action}`, {
      method: 'POST',
      headers: { ...accessHeaders(), 'content-type': 'application/json' },
      body: JSON.stringify({ ...order, commandId: newCommandId() }),
      signal: AbortSignal.timeout(GIVE_UP_AFTER_MS),
    });
    const body: unknown = await response.json();
    if (response.ok && alertOrderResponseSchema.safeParse(body).success) return undefined;
    return httpProblemSchema.safeParse(body).data?.message ?? `the gateway answered ${response.status}`;
  } catch {
    return 'The gateway did not answer: see whether the alert changes, and ask again if it does not.';
  }
}

/** An id of its own for each press; `crypto.randomUUID` would ask for https. */
function newCommandId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
