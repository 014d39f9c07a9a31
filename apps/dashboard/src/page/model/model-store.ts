import { signal } from '@preact/signals';
import { httpProblemSchema, modelResponseSchema, type ModelResponse } from '#wire';
import { afterReading, NO_MODEL_YET, type ModelState } from '../../live/model-state.js';
import { accessHeaders } from '../access-token.js';

/** What is known about the model; read only while its page is looked at. */
export const model = signal<ModelState>(NO_MODEL_YET);

/** A training's percent moves no faster; the gateway keeps its answer for two seconds besides. */
const READ_EVERY_MS = 5_000;
/** The gateway waits two seconds for other apps. */
const GIVE_UP_AFTER_MS = 10_000;

/** Reads at once and then every five seconds while the page is in sight, until stopped. */
export function followModel(): () => void {
  let isStopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const read = async (): Promise<void> => {
    timer = undefined;
    const found = document.hidden ? undefined : await readModel();
    if (isStopped) return;
    if (found !== undefined) model.value = afterReading(model.peek(), found, Date.now());
    timer = setTimeout(() => void read(), READ_EVERY_MS);
  };
  const onSight = (): void => {
    if (document.hidden || timer === undefined) return;
    clearTimeout(timer);
    void read();
  };
  document.addEventListener('visibilitychange', onSight);
  void read();
  return () => {
    isStopped = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onSight);
  };
}

async function readModel(): Promise<ModelResponse | string> {
  try {
    const response = await fetch('./api/model', {
      headers: accessHeaders(),
      signal: AbortSignal.timeout(GIVE_UP_AFTER_MS),
    });
    const body: unknown = await response.json();
    if (!response.ok)
      return httpProblemSchema.safeParse(body).data?.message ?? `the gateway answered ${response.status}`;
    const read = modelResponseSchema.safeParse(body);
    return read.success ? read.data : `the answer could not be read: ${read.error.issues[0]!.message}`;
  } catch {
    return 'the gateway could not be reached';
  }
}
