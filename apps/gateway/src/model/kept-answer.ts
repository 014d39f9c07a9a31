/**
 * Keeps an answer for a short time, and lets all who ask meanwhile wait for the same one: however many pages are open, an app is asked once in that time.
 * Failures are answers, too, and are kept alike.
 */
export class KeptAnswer<Answer> {
  private kept: { readonly askedMs: number; readonly answer: Promise<Answer> } | undefined;

  /**
   * @param ask never rejects
   * @param keepMs counted from the question; a clock that is put back ends it
   */
  constructor(
    private readonly ask: () => Promise<Answer>,
    private readonly keepMs: number,
    private readonly nowMs: () => number,
  ) {}

  get(): Promise<Answer> {
    const nowMs = this.nowMs();
    const ageMs = this.kept === undefined ? Infinity : nowMs - this.kept.askedMs;
    if (this.kept === undefined || ageMs < 0 || ageMs >= this.keepMs) {
      this.kept = { askedMs: nowMs, answer: this.ask() };
    }
    return this.kept.answer;
  }
}
