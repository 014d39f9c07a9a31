import type { Alert } from '#wire';

/** What a receiver said, as in the alerter's `SinkAnswer`. */
export type ScriptedAnswer =
  | { readonly outcome: 'delivered' }
  | { readonly outcome: 'refused'; readonly detail: string }
  | { readonly outcome: 'failed'; readonly detail: string; readonly retryAfterMs?: number };

/** A sink in memory that answers as a function says. */
export class ScriptedSink {
  readonly name: string = 'scripted';
  readonly type = 'console';
  wants: 'every-transition' | 'newest-state' = 'every-transition';
  repeatEveryMs: number | undefined = undefined;
  /** Ids of the attempts, in order, `stay alert-sequence`. */
  readonly attempts: string[] = [];
  readonly repeats: string[][] = [];

  constructor(
    private readonly answer: (alert: Alert, attempt: number) => ScriptedAnswer | Promise<ScriptedAnswer> = () => ({
      outcome: 'delivered',
    }),
  ) {}

  concerns(): boolean {
    return true;
  }

  async deliver({ alert }: { readonly alert: Alert }): Promise<ScriptedAnswer> {
    const name = `${alert.stayId} ${alert.sequence}`;
    this.attempts.push(name);
    return this.answer(alert, this.attempts.filter((one) => one === name).length);
  }

  async repeat(alerts: readonly Alert[]): Promise<ScriptedAnswer> {
    this.repeats.push(alerts.map(({ stayId, sequence }) => `${stayId} ${sequence}`));
    return { outcome: 'delivered' };
  }

  async close(): Promise<void> {
    await Promise.resolve();
  }
}
