/** A policy that cannot be used. Its message lists every problem; so does {@link problems}, one sentence each. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';

  constructor(readonly problems: readonly string[]) {
    super(`The alert policy cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}
