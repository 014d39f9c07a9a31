/** One setting that cannot be used. */
export interface SettingProblem {
  readonly name: string;
  /** As given; absent when the setting is missing, `(hidden)` for secrets. */
  readonly value?: string;
  readonly expected: string;
}

/** The environment does not hold what an app needs: the start stops here, and every bad setting is named at once. */
export class SettingsError extends Error {
  constructor(readonly problems: readonly SettingProblem[]) {
    super(`Bad settings:\n${problems.map((problem) => `  ${sentence(problem)}`).join('\n')}`);
    this.name = 'SettingsError';
  }
}

function sentence({ name, value, expected }: SettingProblem): string {
  const given = value === undefined ? 'is not set' : `is ${JSON.stringify(value)}`;
  return `${name} ${given}: ${expected}. Set it in the environment and start again.`;
}
