import type { CommandAnswer } from './take-in-record.js';

/** Those who wait for the end of a command that they put on the log. */
export class CommandWaiters {
  private readonly waiting = new Map<string, (answer: CommandAnswer | undefined) => void>();

  /** Resolves with the answer once its transition is published; with nothing when `timeout` resolves first or the alerter stops. */
  async wait(commandId: string, timeout: Promise<void>): Promise<CommandAnswer | undefined> {
    const answered = new Promise<CommandAnswer | undefined>((resolve) => this.waiting.set(commandId, resolve));
    try {
      return await Promise.race([answered, timeout.then(() => undefined)]);
    } finally {
      this.waiting.delete(commandId);
    }
  }

  answer(answer: CommandAnswer): void {
    this.waiting.get(answer.commandId)?.(answer);
  }

  /** Lets everyone go without an answer. */
  giveUp(): void {
    for (const resolve of this.waiting.values()) resolve(undefined);
  }
}
