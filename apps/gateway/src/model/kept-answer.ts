/**
 * Keeps an answer for a short time, and lets all who ask meanwhile wait for the same one: however many pages are open, an app is asked once in that time.
 * Failures are answers, too, and are kept alike.
 */
export class KeptAnswer<Answer> {
  private kept: { readonly untilMs: number; readonly answer: Promise<Answer> } | undefined;

  /**
   * @param ask never rejects
   * @param keepMs counted from the question
   */
  constructor(
    private readonly ask: () => Promise<Answer>,
    private readonly keepMs: number,
    private readonly nowMs: () => number,
  ) {}

  get(): Promise<Answer> {
    const nowMs = this.nowMs();
    if (this.kept === undefined || nowMs >= this.kept.untilMs) {
      this.kept = { untilMs: nowMs + this.keepMs, answer: this.ask() };
    }
    return this.kept.answer;
  }
}
